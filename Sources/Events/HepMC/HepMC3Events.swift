// SPDX-License-Identifier: Apache-2.0

/// The events of a HepMC3 file in order.
final class HepMC3Events: EventSequence {
  private let file: HepMC3File
  private let particleColumns = ParticleColumns(from: HepMC3Columns.particles)
  private var event = Event()

  /// What has been read of an event.
  private struct Event {
    var particles: [Particle] = []
    /// First and last incoming particle by the vertex's number.
    var vertices: [Int64: (Int64, Int64)] = [:]
    var weights: [Double] = []
    /// GeV in the event's unit of momentum.
    var unit = 1.0
  }

  /// Stands before the first event.
  init(_ path: String) throws { file = try HepMC3File(path) }

  func skip() throws {
    _ = try begin()
    while try file.eventLine() != nil {}
  }

  private func begin() throws -> UnsafeRawBufferPointer {
    guard let line = file.nextEvent() else { throw FileProblem("was changed while it was read") }
    return line
  }

  func read(into collector: inout EventCollector) throws {
    let line = file.text.lineNumber
    var words = Words(try begin(), from: 1)
    collector.append(try words.integer("the event's number", file.text), to: HepMC3Columns.event)
    _ = try words.integer("the number of vertices", file.text)
    let count = try words.integer("the number of particles", file.text)
    event.particles.removeAll(keepingCapacity: true)
    event.vertices.removeAll(keepingCapacity: true)
    event.weights.removeAll(keepingCapacity: true)
    event.unit = 1
    let wantsParticles = particleColumns.isWanted(by: collector)
    while let line = try file.eventLine() { try read(line, wantsParticles) }
    if wantsParticles {
      guard event.particles.count == count else {
        throw FileProblem(
          "line \(line)",
          "begins an event of \(count) particles; \(event.particles.count) follow")
      }
      particleColumns.append(event.particles, to: &collector)
    }
    try appendWeights(to: &collector, line)
  }

  private func appendWeights(to collector: inout EventCollector, _ line: Int) throws {
    let weights = event.weights
    guard file.weightNames.isEmpty || weights.count == file.weightNames.count else {
      throw FileProblem(
        "line \(line)",
        "begins an event of \(weights.count) weights where the head names "
          + "\(file.weightNames.count)")
    }
    collector.append(weights.first ?? 1, to: HepMC3Columns.weight)
    for column in collector.wanted where column >= HepMC3Columns.weights {
      collector.append(weights[column - HepMC3Columns.weights], to: column)
    }
  }

  private func read(_ line: UnsafeRawBufferPointer, _ wantsParticles: Bool) throws {
    guard line.count > 1, line[1] == UInt8(ascii: " ") else { return }
    var words = Words(line, from: 2)
    switch line[0] {
    case UInt8(ascii: "P"): if wantsParticles { try readParticle(&words) }
    case UInt8(ascii: "V"): if wantsParticles { try readVertex(&words) }
    case UInt8(ascii: "U"): try readUnit(&words)
    case UInt8(ascii: "W"):
      while let word = words.next() {
        guard let value = NumberText.real(word) else {
          throw file.text.problem("has '\(word.excerpt)' for a weight")
        }
        event.weights.append(value)
      }
    default: return  // attributes and tools
    }
  }

  /// Momenta are in the event's unit, which stands before its particles.
  private func readUnit(_ words: inout Words) throws {
    guard let word = words.next() else { throw file.text.problem("names no unit of momentum") }
    if word.equals("GEV") {
      event.unit = 1
    } else if word.equals("MEV") {
      event.unit = 1e-3
    } else {
      throw file.text.problem("has '\(word.excerpt)' for the unit of momentum: GEV or MEV")
    }
  }

  /// Number, where it comes from (a particle, a vertex below 0, or 0), PDG number, px, py, pz,
  /// energy, mass, status.
  private func readParticle(_ words: inout Words) throws {
    let number = try words.integer("the particle's place", file.text)
    guard number == event.particles.count + 1 else {
      throw file.text.problem(
        "has particle \(number) where \(event.particles.count + 1) should be")
    }
    var particle = Particle()
    let origin = try words.integer("the particle's origin", file.text)
    if origin > 0 {
      guard origin < number else {
        throw file.text.problem("says particle \(number) comes from \(origin)")
      }
      (particle.mother1, particle.mother2) = (origin - 1, origin - 1)
    } else if origin < 0 {
      guard let mothers = event.vertices[origin] else {
        throw file.text.problem("names vertex \(origin), which hasn't been given")
      }
      (particle.mother1, particle.mother2) = mothers
    }
    particle.pdgId = try words.integer("the particle's number", file.text)
    particle.px = try words.real("px", file.text) * event.unit
    particle.py = try words.real("py", file.text) * event.unit
    particle.pz = try words.real("pz", file.text) * event.unit
    particle.energy = try words.real("the energy", file.text) * event.unit
    particle.mass = try words.real("the mass", file.text) * event.unit
    particle.status = try words.integer("the status", file.text)
    event.particles.append(particle)
  }

  /// Number, status, and the incoming particles as in "[1,2]".
  private func readVertex(_ words: inout Words) throws {
    let number = try words.integer("the vertex's number", file.text)
    _ = try words.integer("the vertex's status", file.text)
    let rest = words.rest.trimmed
    guard rest.begins(with: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
      throw file.text.problem("has no list of incoming particles")
    }
    var mothers: (Int64, Int64) = (-1, -1)
    for item in rest[1..<end].split(separator: UInt8(ascii: ",")) {
      guard let mother = NumberText.integer(UnsafeRawBufferPointer(rebasing: item)),
        mother > 0, mother <= event.particles.count
      else {
        throw file.text.problem("names an incoming particle that hasn't been given")
      }
      if mothers.0 < 0 { mothers.0 = mother - 1 }
      mothers.1 = mother - 1
    }
    event.vertices[number] = mothers
  }
}
