// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
public import Workflow

/// `command`: a program, its declared inputs and outputs.
///
/// The program runs in an empty folder. `{input.NAME}` in an argument is the path of an input: its
/// file, its files as so many arguments, or a JSON file with its value. `{output.NAME}` is the path
/// a declared output is expected at. A program that doesn't exit with 0 in its time fails the step;
/// of what it writes only regular files at declared paths are collected.
public struct CommandKind: StepKind {
  public static let name = "command"
  public static let version = 1

  /// A command.
  public init() {}

  public func parameters(from node: SpecificationNode?, in context: ParameterContext)
    -> CommandParameters?
  {
    guard let node else {
      context.diagnostics.error(
        "a command needs 'parameters' with 'arguments'", at: context.step)
      return nil
    }
    return CommandReader(context).parameters(node)
  }

  public func ports(for parameters: CommandParameters) -> Ports {
    Ports(
      inputs: parameters.inputs.map { Port($0, .file, .events, .crossSection) },
      outputs: parameters.outputs.sorted { $0.key < $1.key }.map {
        Port($0.key, PortType(rawValue: $0.value.type))
      })
  }

  public func run(_ parameters: CommandParameters, in context: StepContext) async throws
    -> StepOutput
  {
    let folder = CommandFolder(context.scratch)
    let inputs = try folder.place(context.inputs, from: context.store)
    try folder.makeParents(of: parameters.outputs.values.map(\.path))
    let arguments = try parameters.arguments.flatMap { argument in
      try CommandPlaceholder.expand(argument) { placeholder in
        switch placeholder.kind {
        case .input: return inputs[placeholder.name] ?? []
        case .output: return parameters.outputs[placeholder.name].map { [$0.path] } ?? []
        }
      }
    }
    let result = try await context.programs.run(
      ProgramInvocation(
        arguments: arguments, environment: parameters.environment, directory: context.scratch,
        timeLimit: .seconds(parameters.timeLimit)))
    for line in Self.lastLines(of: result.standardOutput, count: 100) { context.log(line) }
    try Self.check(result, arguments.first ?? "", parameters.timeLimit)
    var output = StepOutput()
    for (name, declared) in parameters.outputs.sorted(by: { $0.key < $1.key }) {
      let file = try folder.file(of: name, at: declared.path)
      output.artifacts[name] = try context.store.put(
        contentsOf: file, mediaType: MediaType.ofFile(named: declared.path))
      if name == parameters.results {
        output.results = try CommandResults.rows(of: try Data(contentsOf: file), output: name)
      }
    }
    return output
  }

  private static func check(_ result: ProgramResult, _ program: String, _ timeLimit: Double) throws
  {
    let ending: String
    if result.timedOut {
      ending = "did not end within \(timeLimit) s and was killed"
    } else if let signal = result.signal {
      ending = "was ended by signal \(signal)"
    } else if result.exitCode == 0 {
      return
    } else {
      ending = "failed with exit code \(result.exitCode.map(String.init) ?? "unknown")"
    }
    let lines = lastLines(of: result.standardError, count: 10)
    let said =
      lines.isEmpty
      ? "; it wrote no error" : "; its last words were:\n" + lines.joined(separator: "\n")
    throw StepError("'\(program)' \(ending)\(said)")
  }

  private static func lastLines(of text: String, count: Int) -> [String] {
    text.split(whereSeparator: \.isNewline).suffix(count).map { String($0.prefix(500)) }
  }
}
