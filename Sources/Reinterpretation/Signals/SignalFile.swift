// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Workflow

/// A signal file on disk.
struct SignalFile {
  let file: URL
  let yaml: String
  let outline: SignalOutline

  /// - Throws: `Failure` or `InvalidSpecification` when it can't be read as YAML.
  init(path: String) throws {
    try self.init(file: URL(fileURLWithPath: path))
  }

  init(file: URL, outline: SignalOutline? = nil) throws {
    self.file = file
    yaml = try AnalysisFolder.text(of: file)
    self.outline =
      try outline ?? SignalOutline(yaml: yaml, file: AnalysisFolder.display(file))
  }

  /// Checks it whole against an analysis; its files go into a store that is thrown away.
  @discardableResult
  func check(against analysis: AnalysisSpecification, store: ArtifactStore) throws -> Signal {
    let signal = try stored(for: analysis, in: store)
    try checkEvents(against: analysis, known: nil)
    return signal
  }

  /// Puts its files into the store, after everything was checked.
  func stored(for analysis: AnalysisSpecification, in store: ArtifactStore) throws -> Signal {
    try Signal(yaml: yaml, file: file, for: analysis, store: store)
  }

  /// Reads event files that a store doesn't know yet, and the column names of all.
  func checkEvents(against analysis: AnalysisSpecification, known store: ArtifactStore?) throws {
    guard let events = outline.events, let declared = analysis.signal.events else { return }
    let folder = file.deletingLastPathComponent()
    try EventCheck(declared: declared, outline: events, folder: folder).run { file in
      guard let store else { return true }
      return try !store.contains(Fingerprint(of: Data(contentsOf: file, options: .mappedIfSafe)))
    }
  }
}
