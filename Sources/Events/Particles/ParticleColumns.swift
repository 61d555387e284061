// SPDX-License-Identifier: Apache-2.0

/// The collection `Particle` that events of generators have, and its counter `nParticle`.
struct ParticleColumns {
  /// The collection's name.
  static let collection = "Particle"
  /// Place of the first column in the reader's list.
  private let first: Int

  private enum Field: Int, CaseIterable {
    case pt, eta, phi, mass, energy, px, py, pz, pdgId, status, charge, mother1, mother2
  }

  /// - Parameter first: place of the first column in the reader's list.
  init(from first: Int) { self.first = first }

  /// The counter, then the fields.
  static let descriptions: [ColumnDescription] =
    [
      ColumnDescription(
        name: "n\(collection)", type: .integer, storedType: "number of particles",
        isCollection: false)
    ]
    + Field.allCases.map { field in
      let isInteger =
        switch field {
        case .pdgId, .status, .mother1, .mother2: true
        default: false
        }
      return ColumnDescription(
        name: "\(collection)_\(field)", type: isInteger ? .integer : .real,
        storedType: isInteger ? "whole numbers" : "numbers", isCollection: true)
    }

  /// Whether a column of the collection, its counter included, is wanted.
  func isWanted(by collector: EventCollector) -> Bool {
    collector.wanted.contains { (first..<first + Self.descriptions.count).contains($0) }
  }

  /// Appends the particles of an event.
  func append(_ particles: [Particle], to collector: inout EventCollector) {
    collector.append(Int64(particles.count), to: first)
    for field in Field.allCases {
      let column = first + 1 + field.rawValue
      guard collector.wants(column) else { continue }
      for particle in particles { Self.append(field, of: particle, to: column, &collector) }
    }
  }

  private static func append(
    _ field: Field, of particle: Particle, to column: Int, _ collector: inout EventCollector
  ) {
    switch field {
    case .pt: collector.append(particle.pt, to: column)
    case .eta: collector.append(particle.eta, to: column)
    case .phi: collector.append(particle.phi, to: column)
    case .mass: collector.append(particle.mass, to: column)
    case .energy: collector.append(particle.energy, to: column)
    case .px: collector.append(particle.px, to: column)
    case .py: collector.append(particle.py, to: column)
    case .pz: collector.append(particle.pz, to: column)
    case .pdgId: collector.append(particle.pdgId, to: column)
    case .status: collector.append(particle.status, to: column)
    case .charge: collector.append(ParticleCharge.of(particle.pdgId), to: column)
    case .mother1: collector.append(particle.mother1, to: column)
    case .mother2: collector.append(particle.mother2, to: column)
    }
  }
}
