// SPDX-License-Identifier: Apache-2.0

/// Les Houches event files (hep-ph/0609017; weights: arXiv:1405.1067), plain or gzipped.
///
/// Columns: `weight` (XWGTUP), `process` (IDPRUP), `scale`, `alpha_qed`, `alpha_qcd`, a
/// `weight_ID` for each weight that the head or the first event names, and the collection
/// `Particle` with pt, eta, phi, mass, energy, px, py, pz, pdgId, status, charge, and mother1 and
/// mother2, which are places in the collection, −1 for none.
public struct LHEFormat: EventFormat {
  /// What an analysis calls the format.
  public static let name = "lhe"

  /// A reader of Les Houches files; it has no options.
  public init() {}

  /// Reads the file once to count its events.
  /// - Throws: EventFileError when it isn't such a file, or ends early.
  public func open(_ path: String, tree: String?) throws -> any EventReader {
    try FileProblem.inFile(path) {
      try ColumnIndex.refuseTree(tree, format: Self.name)
      let file = try LHEFile(path)
      var weights = file.weightNames
      var entries = 0
      while try file.nextEvent() {
        try file.finishEvent { line in
          guard entries == 0, file.weightNames.isEmpty else { return }
          for tag in Tag.all(in: line) where tag.name.equals("wgt") {
            if let name = tag.attribute("id"), !weights.contains(name) { weights.append(name) }
          }
        }
        entries += 1
      }
      let names = weights
      return SequentialReader(path, entries: entries, columns: LHEColumns.descriptions(names)) {
        try LHEEvents(path, weights: names)
      }
    }
  }
}

/// Places of the columns of a Les Houches file.
enum LHEColumns {
  static let weight = 0
  static let process = 1
  static let scale = 2
  static let alphaQED = 3
  static let alphaQCD = 4
  static let particles = 5
  static let weights = particles + ParticleColumns.descriptions.count

  static func descriptions(_ weights: [String]) -> [ColumnDescription] {
    let event = ["weight", "process", "scale", "alpha_qed", "alpha_qcd"].map { name in
      ColumnDescription(
        name: name, type: name == "process" ? .integer : .real,
        storedType: name == "process" ? "whole numbers" : "numbers", isCollection: false)
    }
    return event + ParticleColumns.descriptions
      + weights.map {
        ColumnDescription(
          name: "weight_\($0)", type: .real, storedType: "numbers", isCollection: false)
      }
  }
}
