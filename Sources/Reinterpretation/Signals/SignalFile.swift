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
    yaml = try InputFile.text(of: file)
    self.outline =
      try outline ?? SignalOutline(yaml: yaml, file: InputFile.display(file))
  }

  /// The signal, checked against an analysis; its files stay where they are.
  func signal(for analysis: AnalysisSpecification) throws -> Signal {
    try Signal(yaml: yaml, file: file, for: analysis)
  }

  /// The signal, checked against an analysis; its files go into the store.
  func signal(for analysis: AnalysisSpecification, in store: ArtifactStore) throws -> Signal {
    try Signal(yaml: yaml, file: file, for: analysis, store: store)
  }

  /// Looks for the declared columns in every event file, and reads the values of files that are
  /// not in the store: what is there was read when it came.
  func checkEvents(
    against analysis: AnalysisSpecification, known store: ArtifactStore? = nil
  ) throws {
    guard let events = outline.events, let declared = analysis.signal.events else { return }
    let folder = file.deletingLastPathComponent()
    try EventCheck(declared: declared, outline: events, folder: folder).run { file in
      guard let store else { return true }
      return try !store.contains(Artifact(describing: file, mediaType: MediaType.unknown).digest)
    }
  }
}
