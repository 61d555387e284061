// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Workflow

extension AnalysisFolder {
  /// Looks into the files: workspaces must parse, validation signals must fit the analysis and
  /// their event files must be readable.
  func check() throws {
    for path in try workspaceFiles() {
      let file = InputFile.display(root.appendingPathComponent(path))
      _ = try Workspace(json: WorkspaceSource.bytes(of: file), source: file)
    }
    var problems: [Diagnostic] = []
    for path in signals.keys.sorted() {
      let file = try SignalFile(file: root.appendingPathComponent(path), outline: signals[path])
      do {
        _ = try file.signal(for: specification)
      } catch let invalid as InvalidSpecification {
        problems += invalid.diagnostics
        continue
      }
      try file.checkEvents(against: specification)
    }
    guard problems.isEmpty else { throw InvalidSpecification(problems) }
  }

  /// Files that a step takes as a workspace.
  private func workspaceFiles() throws -> [String] {
    var paths: Set<String> = []
    for step in specification.steps {
      guard let kind = catalog.kinds[step.kind] else { continue }
      let ports = try kind.ports(forCanonical: step.parameters)
      let workspaces = Set(ports.inputs.filter { $0.accepted.contains(.workspace) }.map(\.name))
      for input in step.inputs where workspaces.contains(input.name) {
        if case .file(let path) = input.reference { paths.insert(path) }
      }
    }
    return paths.sorted()
  }
}

extension StepKind {
  /// The ports a step of this kind has, from the canonical JSON of its parameters.
  fileprivate func ports(forCanonical parameters: Data) throws -> Ports {
    ports(for: try JSONDecoder().decode(Parameters.self, from: parameters))
  }
}
