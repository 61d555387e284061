// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Workflow

/// The folder a program runs in: inputs placed in it, outputs taken from it.
struct CommandFolder {
  /// Largest output collected, in bytes.
  static let sizeLimit = 4 << 30

  private let folder: URL

  init(_ folder: URL) { self.folder = folder }

  /// Puts copies of the inputs at `inputs/NAME…`; paths by input, relative to the folder. A name
  /// may have folders, and keeps its suffix when it has the one that goes with the file.
  ///
  /// Copies, since a program may write to what it is given, and the store must not change.
  func place(_ inputs: [String: StepInput], from store: ArtifactStore) throws -> [String: [String]]
  {
    guard !inputs.isEmpty else { return [:] }
    try make("inputs")
    try makeParents(of: inputs.keys.map { "inputs/\($0)" })
    var paths: [String: [String]] = [:]
    for (name, input) in inputs.sorted(by: { $0.key < $1.key }) {
      for (index, artifact) in input.artifacts.enumerated() {
        let part = input.artifacts.count == 1 ? "" : "-\(index)"
        let suffix = Self.suffix(of: artifact)
        let isSpelt = part.isEmpty && name.hasSuffix(suffix)
        let path = "inputs/\(name)\(part)\(isSpelt ? "" : suffix)"
        let place = folder.appending(path: path)
        guard !FileManager.default.fileExists(atPath: place.path) else {
          throw StepError(
            "two inputs would be placed at '\(path)', and '\(name)' is one of them; give it another "
              + "name")
        }
        try FileManager.default.copyItem(at: try store.verifiedFile(for: artifact), to: place)
        paths[name, default: []].append(path)
      }
      guard let value = input.value else { continue }
      let path = "inputs/\(name).value.json"
      try value.write(to: folder.appending(path: path))
      if input.artifacts.isEmpty { paths[name] = [path] }
    }
    return paths
  }

  private static func suffix(of artifact: Artifact) -> String {
    switch artifact.mediaType {
    case "application/json": ".json"
    case "application/x-root": ".root"
    case "application/yaml": ".yaml"
    case "text/csv": ".csv"
    case "text/plain": ".txt"
    default: ""
    }
  }

  /// Makes the folders that outputs are written to.
  func makeParents(of paths: [String]) throws {
    for path in paths {
      let parts = path.split(separator: "/").dropLast()
      if !parts.isEmpty { try make(parts.joined(separator: "/")) }
    }
  }

  private func make(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: folder.appending(path: path), withIntermediateDirectories: true)
  }

  /// An output's file: regular, and reached from the folder without a symbolic link.
  func file(of name: String, at path: String) throws -> URL {
    if let problem = CommandReader.problem(with: path) {
      throw StepError("the path '\(path)' of output '\(name)' \(problem)")
    }
    var file = folder
    let parts = path.split(separator: "/")
    for (index, part) in parts.enumerated() {
      file.append(path: String(part))
      // lstat, so that a link is seen as one and not as what it points to.
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.path) else {
        // Only existence is asked here; what else is wrong shows when the file is read.
        throw StepError(
          "the program ended well but did not write '\(path)', the output '\(name)'")
      }
      let type = attributes[.type] as? FileAttributeType
      if type == .typeSymbolicLink {
        throw StepError(
          "the output '\(name)' is reached by the symbolic link '\(part)'; only regular files are "
            + "collected")
      }
      let isLast = index == parts.count - 1
      if isLast, type != .typeRegular {
        throw StepError("the output '\(name)' at '\(path)' is not a regular file")
      }
      if isLast, let size = attributes[.size] as? Int, size > Self.sizeLimit {
        throw StepError("the output '\(name)' is larger than 4 GiB")
      }
    }
    return file
  }
}
