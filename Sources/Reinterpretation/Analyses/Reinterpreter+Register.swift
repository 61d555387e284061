// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Workflow

extension Reinterpreter {
  /// Preserves an analysis: checks its folder whole, stores every file that belongs to it and makes
  /// a version. The same content again is the same version.
  ///
  /// - Parameter path: a folder with an `analysis.yaml`, or that file.
  /// - Throws: ``Failure/Kind/refused`` with every problem found; nothing is changed then.
  public func register(_ path: String) throws(Failure) -> RegistrationReport {
    try classified {
      let folder = try AnalysisFolder(path, catalog: catalog)
      try folder.check()
      let registry = try registry(creating: true)
      let files = try folder.store(in: registry.store)
      let (version, isNew) = try registry.register(folder.specification, files: files)
      return RegistrationReport(version, isNew: isNew, files: files.keys.sorted())
    }
  }
}

extension RegistrationReport {
  init(_ version: Version, isNew: Bool, files: [String]) {
    self.init(
      analysis: version.analysis, version: version.number, title: version.title,
      fingerprint: version.fingerprint.hex, isNew: isNew, files: files)
  }
}

extension AnalysisFolder {
  /// Puts every preserved file into a store; the specification goes by its usual name.
  func store(in store: ArtifactStore) throws -> [String: Artifact] {
    var files = [
      Self.specificationName: try store.put(
        contentsOf: specificationFile, mediaType: MediaType.ofFile(named: specificationFile.path))
    ]
    for path in paths {
      let file = root.appendingPathComponent(path)
      files[path] = try store.put(contentsOf: file, mediaType: MediaType.ofFile(named: path))
    }
    return files
  }
}
