// SPDX-License-Identifier: Apache-2.0
import Foundation
import Workflow

/// A folder with an analysis as its author keeps it: the specification, the files it refers to,
/// validation signals with their data, expected results and a README.
struct AnalysisFolder {
  static let specificationName = "analysis.yaml"
  static let readmeName = "README.md"

  let root: URL
  /// Path of the specification as the user wrote it, for messages.
  let specificationFile: URL
  let specification: AnalysisSpecification
  let catalog: StepCatalog
  /// Validation signals, by path relative to the folder.
  let signals: [String: SignalOutline]
  /// Expected results, by path relative to the folder.
  let expected: [String: ExpectedResults]
  /// The README's path, if there is one.
  private let readme: [String]

  /// Reads a folder that has an `analysis.yaml`, or the folder of the given YAML file.
  ///
  /// - Throws: `InvalidSpecification` with every problem of every file.
  init(_ path: String, catalog: StepCatalog) throws {
    (root, specificationFile) = try Self.locate(path)
    self.catalog = catalog
    let file = InputFile.display(specificationFile)
    specification = try AnalysisSpecification(
      yaml: InputFile.text(of: specificationFile), file: file, directory: root, catalog: catalog)
    var problems: [Diagnostic] = []
    signals = try Self.collect(specification.validationSignals, in: root, &problems) {
      try SignalOutline(yaml: $0, file: $1)
    }
    expected = try Self.collect(specification.validationExpected, in: root, &problems) {
      try ExpectedResults(yaml: $0, file: $1)
    }
    readme = try FolderPath.all(matching: Self.readmeName, in: root)
    problems += Self.mismatches(signals: signals, expected: expected)
    problems += Self.unknownSteps(in: expected, among: specification.steps.map(\.id))
    guard problems.isEmpty else { throw InvalidSpecification(problems) }
  }

  /// Every file that is preserved, sorted: paths relative to the folder.
  var paths: [String] {
    var paths = Set(specification.files)
    paths.formUnion(signals.keys)
    paths.formUnion(expected.keys)
    for (path, outline) in signals {
      paths.formUnion(outline.paths.map { FolderPath.join(FolderPath.parent(of: path), $0) })
    }
    paths.formUnion(readme)
    return paths.sorted()
  }

  private static func locate(_ path: String) throws -> (root: URL, file: URL) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Failure.refused("\(path): there is no such file or folder.")
    }
    let url = URL(fileURLWithPath: path)
    guard isDirectory.boolValue else { return (url.deletingLastPathComponent(), url) }
    let file = url.appendingPathComponent(specificationName)
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw Failure.refused("\(path): this folder has no \(specificationName).")
    }
    return (url, file)
  }

  private static func collect<Value>(
    _ pattern: String?, in root: URL, _ problems: inout [Diagnostic],
    _ parse: (String, String) throws -> Value
  ) throws -> [String: Value] {
    var values: [String: Value] = [:]
    for path in try FolderPath.all(matching: pattern, in: root) {
      let file = root.appendingPathComponent(path)
      do {
        values[path] = try parse(InputFile.text(of: file), InputFile.display(file))
      } catch let invalid as InvalidSpecification {
        problems += invalid.diagnostics
      }
    }
    return values
  }

  /// Two signals of one name, or expected results of a signal that isn't there.
  private static func mismatches(
    signals: [String: SignalOutline], expected: [String: ExpectedResults]
  ) -> [Diagnostic] {
    let names = signals.sorted { $0.key < $1.key }.map { (path: $0.key, name: $0.value.name ?? "") }
    var problems: [Diagnostic] = []
    for (index, entry) in names.enumerated() {
      if let first = names[..<index].first(where: { $0.name == entry.name }) {
        problems.append(
          problem(
            in: entry.path, "signal", "'\(entry.name)' is the signal of \(first.path) already"))
      }
    }
    for (path, results) in expected.sorted(by: { $0.key < $1.key })
    where !names.contains(where: { $0.name == results.signal }) {
      let near = Suggestion.hint(for: results.signal, among: names.map(\.name))
      problems.append(
        problem(in: path, "signal", "no validation signal is called '\(results.signal)'\(near)"))
    }
    return problems
  }

  /// Expected results of a step that isn't there: nothing could ever fulfil them.
  private static func unknownSteps(
    in expected: [String: ExpectedResults], among steps: [String]
  ) -> [Diagnostic] {
    expected.sorted { $0.key < $1.key }.flatMap { path, results in
      results.values.enumerated().filter { !steps.contains($0.element.step) }.map { index, value in
        let near = Suggestion.hint(for: value.step, among: steps)
        return problem(
          in: path, "results[\(index)].step", "there is no step '\(value.step)'\(near)")
      }
    }
  }

  private static func problem(in file: String, _ path: String, _ message: String) -> Diagnostic {
    let location = SourceLocation(file: file, line: 1, column: 1)
    return Diagnostic(path: path, location: location, message: message)
  }
}
