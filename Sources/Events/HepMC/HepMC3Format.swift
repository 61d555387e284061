// SPDX-License-Identifier: Apache-2.0

/// Events in HepMC3's text format, plain or gzipped.
///
/// Columns: `event` (its number), `weight` (the first one, 1 where there are none), a `weight_NAME`
/// for each named weight, and the collection `Particle` with pt, eta, phi, mass, energy, px, py,
/// pz (GeV), pdgId, status, charge, and mother1 and mother2: the first and the last of the
/// particles that its production vertex takes in, by their place in the collection, −1 for none.
public struct HepMC3Format: EventFormat {
  /// What an analysis calls the format.
  public static let name = "hepmc3"

  /// A reader of HepMC3 files; it has no options.
  public init() {}

  /// Reads the file once to count its events.
  /// - Throws: EventFileError when it isn't such a file, or ends early.
  public func open(_ path: String, tree: String?) throws -> any EventReader {
    try FileProblem.inFile(path) {
      try ColumnIndex.refuseTree(tree, format: Self.name)
      let file = try HepMC3File(path)
      var entries = 0
      while file.nextEvent() != nil {
        entries += 1
        while try file.eventLine() != nil {}
      }
      let columns = HepMC3Columns.descriptions(file.weightNames)
      return SequentialReader(path, entries: entries, columns: columns) {
        try HepMC3Events(path)
      }
    }
  }
}

/// Places of the columns of a HepMC3 file.
enum HepMC3Columns {
  static let event = 0
  static let weight = 1
  static let particles = 2
  static let weights = particles + ParticleColumns.descriptions.count

  static func descriptions(_ weights: [String]) -> [ColumnDescription] {
    [
      ColumnDescription(
        name: "event", type: .integer, storedType: "whole numbers", isCollection: false),
      ColumnDescription(name: "weight", type: .real, storedType: "numbers", isCollection: false),
    ] + ParticleColumns.descriptions
      + weights.map {
        ColumnDescription(
          name: "weight_\($0)", type: .real, storedType: "numbers", isCollection: false)
      }
  }
}
