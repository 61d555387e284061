// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Workflow

extension PreservedAnalysis {
  /// The validation signals that are preserved with the version, by path, sorted.
  func validationSignals(in store: ArtifactStore) throws -> [(path: String, outline: SignalOutline)]
  {
    try texts(matching: specification.validationSignals, in: store).map { path, yaml in
      (path, try SignalOutline(yaml: yaml, file: path))
    }
  }

  /// The expected results that are preserved with the version.
  func expectedResults(in store: ArtifactStore) throws -> [ExpectedResults] {
    try texts(matching: specification.validationExpected, in: store).map { path, yaml in
      try ExpectedResults(yaml: yaml, file: path)
    }
  }

  /// The points of the validation signals the version has expected results for.
  func validityDomain(in store: ArtifactStore) throws -> ValidityDomain {
    let validated = Set(try expectedResults(in: store).map(\.signal))
    let points = try validationSignals(in: store)
      .filter { $0.outline.name.map(validated.contains) ?? false }
      .map(\.outline.point)
    return ValidityDomain(validated: points.filter { !$0.isEmpty })
  }

  private func texts(
    matching pattern: String?, in store: ArtifactStore
  ) throws -> [(path: String, yaml: String)] {
    guard let pattern else { return [] }
    return
      try files
      .filter { fnmatch(pattern, $0.key, FNM_PATHNAME | FNM_PERIOD) == 0 }
      .sorted { $0.key < $1.key }
      .map { ($0.key, String(decoding: try store.data(for: $0.value), as: UTF8.self)) }
  }
}
