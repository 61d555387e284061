// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// The speed of `HistFactory` and `Inference`, beside pyhf and cabinetry in the same run: a table.
struct InferenceBenchmark {
  /// nil leaves the others out.
  var peer: Peer?
  var folder = "../shared/data/workspaces"
  /// All without any.
  var measures: [String] = []
  /// What the names of the workspaces of `evaluation`, `fit` and `cls` contain; all without any.
  var names: [String] = []

  static func run(_ arguments: [String]) async throws {
    var benchmark = InferenceBenchmark()
    var (python, limit): (String?, Int) = (nil, 60)
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--pyhf": python = rest.popFirst()
      case "--workspaces": benchmark.folder = rest.popFirst() ?? benchmark.folder
      case "--limit": limit = rest.popFirst().flatMap { Int($0) } ?? limit
      case "--measures":
        benchmark.measures += (rest.popFirst() ?? "").split(separator: ",").map(String.init)
      default: benchmark.names.append(argument)
      }
    }
    benchmark.peer = python.map { Peer(python: $0, limit: limit) }
    try await benchmark.run()
  }

  private typealias Measure = () async throws -> Void

  private var all: [(name: String, measure: Measure)] {
    [
      ("start", { try start() }),
      ("evaluation", { try evaluation() }),
      ("fit", { try fit() }),
      ("cls", { try hypothesisTest() }),
      ("patches", { try patches() }),
      ("ranking", { try await ranking() }),
      ("toys", { try await toys() }),
    ]
  }

  private func run() async throws {
    print(SpeedRow.header)
    for (name, measure) in all where measures.isEmpty || measures.contains(name) {
      do { try await measure() } catch { print("\(name): \(error)") }
    }
  }

  func report(_ row: SpeedRow) {
    print(row.line)
    // Lines appear when they are known, in a file too.
    fflush(nil)
  }

  /// A workspace that a goal names.
  func file(_ name: String) -> WorkspaceFile { WorkspaceFile(path: "\(folder)/\(name).json") }

  /// Those with at least sixty parameters.
  func largeModels() throws -> [(file: WorkspaceFile, model: Model)] {
    try WorkspaceFile.all(in: folder).compactMap { file in
      guard names.isEmpty || names.contains(where: { file.name.contains($0) }) else { return nil }
      // Not every JSON file there is a workspace.
      guard let model = try? file.model(), model.inits.count >= 60 else { return nil }
      return (file, model)
    }
  }
}
