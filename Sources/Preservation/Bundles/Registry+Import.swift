// SPDX-License-Identifier: Apache-2.0
import Artifacts
public import Foundation
public import Workflow

extension Registry {
  /// Registers the version that a bundle holds, after every digest was checked and its
  /// analysis.yaml was read again with `catalog`.
  ///
  /// Results stay in the bundle, where they can be read: a stranger's numbers must not answer for
  /// executions here. Throws `corrupt`, `refused`, `newerSchema` or `InvalidSpecification`, and
  /// then nothing was changed.
  public func importBundle(_ file: URL, catalog: StepCatalog) throws
    -> (version: Version, isNew: Bool)
  {
    let bundle = try BundleReader(file)
    let folder = workDirectory.appendingPathComponent("import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { Self.removeIfThere(folder) }
    for artifact in bundle.files.values {
      let target = folder.appendingPathComponent(artifact.digest.hex)
      guard !FileManager.default.fileExists(atPath: target.path) else { continue }
      try bundle.extract(artifact, to: target)
    }
    let analysis = try Self.specification(of: bundle, in: folder, file, catalog)
    for artifact in bundle.files.values {
      _ = try store.put(
        contentsOf: folder.appendingPathComponent(artifact.digest.hex),
        mediaType: artifact.mediaType)
    }
    return try register(analysis, files: bundle.files)
  }

  private static func specification(
    of bundle: BundleReader, in folder: URL, _ file: URL, _ catalog: StepCatalog
  ) throws -> AnalysisSpecification {
    guard let artifact = bundle.files["analysis.yaml"] else {
      throw RegistryError(.corrupt, "\(file.path) holds no analysis.yaml")
    }
    let bytes = try Data(contentsOf: folder.appendingPathComponent(artifact.digest.hex))
    guard let yaml = String(bytes: bytes, encoding: .utf8) else {
      throw RegistryError(.corrupt, "\(file.path): analysis.yaml is not UTF-8 text")
    }
    let analysis = try AnalysisSpecification(
      yaml: yaml, file: "analysis.yaml", directory: nil, catalog: catalog)
    if let missing = analysis.files.first(where: { bundle.files[$0] == nil }) {
      throw RegistryError(
        .corrupt, "\(file.path) lacks '\(missing)', which its analysis.yaml refers to")
    }
    guard try analysis.fingerprint(files: bundle.files).hex == bundle.fingerprint else {
      throw RegistryError(
        .corrupt,
        "\(file.path): its files are not those of the version it names; export it again, with the "
          + "same version of this program")
    }
    return analysis
  }
}
