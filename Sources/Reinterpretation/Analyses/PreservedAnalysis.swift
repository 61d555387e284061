// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Workflow

/// A version as the registry holds it: its specification read again from its own bytes, and files.
struct PreservedAnalysis: Sendable {
  let version: Version
  let specification: AnalysisSpecification
  let files: [String: Artifact]

  /// "hello@2"
  var name: String { "\(version.analysis)@\(version.number)" }
}

extension Reinterpreter {
  /// Looks an analysis up by `NAME` or `NAME@3`.
  func preserved(_ text: String) throws -> PreservedAnalysis {
    let reference = try AnalysisReference(text)
    let registry = try registry()
    let version = try registry.version(of: reference.name, number: reference.number)
    let files = try registry.files(of: version)
    guard let specification = files[AnalysisFolder.specificationName] else {
      throw Failure(
        .unexpected,
        "\(text): version \(version.number) has no \(AnalysisFolder.specificationName).")
    }
    let yaml = String(decoding: try registry.store.data(for: specification), as: UTF8.self)
    return PreservedAnalysis(
      version: version,
      specification: try AnalysisSpecification(
        yaml: yaml, file: AnalysisFolder.specificationName, directory: nil, catalog: catalog),
      files: files)
  }
}
