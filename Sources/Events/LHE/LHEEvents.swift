// SPDX-License-Identifier: Apache-2.0

/// The events of a Les Houches file in order.
final class LHEEvents: EventSequence {
  private let file: LHEFile
  private let weights: [String: Int]
  private let particleColumns = ParticleColumns(from: LHEColumns.particles)
  private var particles: [Particle] = []
  /// Of the current event, by place; nil for one that it hasn't given yet.
  private var values: [Double?]

  /// Stands before the first event of a file whose events have been counted.
  init(_ path: String, weights: [String]) throws {
    file = try LHEFile(path)
    self.weights = Dictionary(
      weights.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    values = Array(repeating: nil, count: weights.count)
  }

  func skip() throws {
    try begin()
    try file.finishEvent { _ in }
  }

  private func begin() throws {
    guard try file.nextEvent() else { throw FileProblem("was changed while it was read") }
  }

  func read(into collector: inout EventCollector) throws {
    try begin()
    let line = file.text.lineNumber
    let count = try readHead(into: &collector)
    if particleColumns.isWanted(by: collector) {
      particles.removeAll(keepingCapacity: true)
      for _ in 0..<count { particles.append(try particle(of: count)) }
      particleColumns.append(particles, to: &collector)
    } else {
      for _ in 0..<count { _ = try file.eventLine("one of \(count) particles") }
    }
    let wanted = collector.wanted.filter { $0 >= LHEColumns.weights }
    if wanted.isEmpty { return try file.finishEvent { _ in } }
    try readWeights()
    for column in wanted {
      guard let value = values[column - LHEColumns.weights] else {
        let name = weights.first { $0.value == column - LHEColumns.weights }?.key ?? ""
        throw FileProblem("line \(line)", "begins an event without weight '\(name)'")
      }
      collector.append(value, to: column)
    }
  }

  /// NUP, IDPRUP, XWGTUP, SCALUP, AQEDUP, AQCDUP.
  /// - Returns: the number of particles.
  private func readHead(into collector: inout EventCollector) throws -> Int {
    var words = Words(try file.eventLine("the event's first line"))
    let count = try words.integer("the number of particles", file.text)
    guard count >= 0 else { throw file.text.problem("says it has \(count) particles") }
    collector.append(try words.integer("the process", file.text), to: LHEColumns.process)
    collector.append(try words.real("the weight", file.text), to: LHEColumns.weight)
    collector.append(try words.real("the scale", file.text), to: LHEColumns.scale)
    collector.append(try words.real("alpha of QED", file.text), to: LHEColumns.alphaQED)
    collector.append(try words.real("alpha of QCD", file.text), to: LHEColumns.alphaQCD)
    return Int(count)
  }

  /// IDUP, ISTUP, two MOTHUP, two ICOLUP, five PUP, VTIMUP, SPINUP.
  private func particle(of count: Int) throws -> Particle {
    var words = Words(try file.eventLine("one of \(count) particles"))
    var particle = Particle()
    particle.pdgId = try words.integer("the particle's number", file.text)
    particle.status = try words.integer("the status", file.text)
    particle.mother1 = try mother(&words, count)
    particle.mother2 = try mother(&words, count)
    _ = try words.integer("a colour", file.text)
    _ = try words.integer("a colour", file.text)
    particle.px = try words.real("px", file.text)
    particle.py = try words.real("py", file.text)
    particle.pz = try words.real("pz", file.text)
    particle.energy = try words.real("the energy", file.text)
    particle.mass = try words.real("the mass", file.text)
    return particle
  }

  private func mother(_ words: inout Words, _ count: Int) throws -> Int64 {
    let number = try words.integer("a mother", file.text)
    guard (0...Int64(count)).contains(number) else {
      throw file.text.problem("names mother \(number) of \(count) particles")
    }
    return number - 1
  }

  /// `<wgt id='…'> value </wgt>` each, or `<weights> value … </weights>` in the head's order.
  private func readWeights() throws {
    for index in values.indices { values[index] = nil }
    var listed: Int?
    try file.finishEvent { line in
      if listed != nil, !line.begins(with: "<") { try readList(line, &listed) }
      for tag in Tag.all(in: line) {
        if tag.name.equals("weights") {
          listed = 0
          try readList(tag.content, &listed)
        } else if tag.name.equals("/weights") {
          listed = nil
        } else if tag.name.equals("wgt"), let place = tag.attribute("id").flatMap({ weights[$0] }) {
          guard let value = NumberText.real(tag.content.trimmed) else {
            throw file.text.problem("has '\(tag.content.trimmed.excerpt)' for a weight")
          }
          values[place] = value
        }
      }
    }
  }

  private func readList(_ text: UnsafeRawBufferPointer, _ place: inout Int?) throws {
    let end = text.firstIndex(of: UInt8(ascii: "<")) ?? text.count
    var words = Words(UnsafeRawBufferPointer(rebasing: text[..<end]))
    while let word = words.next(), let index = place {
      guard index < values.count else {
        throw file.text.problem("has more weights than the head names, \(values.count)")
      }
      guard let value = NumberText.real(word) else {
        throw file.text.problem("has '\(word.excerpt)' for a weight")
      }
      values[index] = value
      place = index + 1
    }
  }
}
