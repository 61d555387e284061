// SPDX-License-Identifier: Apache-2.0

/// A Les Houches event file (hep-ph/0609017, version 3: arXiv:1405.1067) read from event to event.
final class LHEFile {
  let text: TextFile
  /// Names of the weights beside the nominal one: the `id`s in the head's `<initrwgt>`.
  private(set) var weightNames: [String] = []

  private static let weightLimit = 100_000

  /// Reads up to the end of the run's description.
  /// - Throws: FileProblem when it isn't such a file.
  init(_ path: String) throws {
    text = try TextFile(path)
    var isBegun = false
    while let line = try text.next()?.trimmed {
      if line.isEmpty || (!isBegun && line.begins(with: "<?xml")) { continue }
      if !isBegun {
        guard line.begins(with: "<LesHouchesEvents") else {
          throw text.problem("doesn't begin a Les Houches file: <LesHouchesEvents is missing")
        }
        isBegun = true
      } else if line.begins(with: "<initrwgt") {
        try readWeightNames(line)
      } else if line.begins(with: "</init>") {
        return
      }
    }
    throw isBegun
      ? FileProblem("is truncated: it ends in its head, at line \(text.lineNumber)")
      : FileProblem("is empty")
  }

  private func readWeightNames(_ first: UnsafeRawBufferPointer) throws {
    var known: Set<String> = []
    var next: UnsafeRawBufferPointer? = first
    while let line = next {
      for tag in Tag.all(in: line) {
        if tag.name.equals("/initrwgt") { return }
        guard tag.name.equals("weight") else { continue }
        guard let name = tag.attribute("id"), !name.isEmpty else {
          throw text.problem("has a weight without an id")
        }
        guard known.insert(name).inserted else {
          throw text.problem("names weight '\(name)' twice")
        }
        guard known.count <= Self.weightLimit else {
          throw text.problem("names over \(Self.weightLimit) weights")
        }
        weightNames.append(name)
      }
      next = try text.next()
    }
    throw FileProblem("is truncated: <initrwgt> doesn't end")
  }

  /// Moves to the line behind the next `<event>`; false behind the last one.
  ///
  /// - Throws: FileProblem when the file ends without saying so: it was cut short, or is still
  ///   being written.
  func nextEvent() throws -> Bool {
    while let line = try text.next() {
      guard line.count > 5, let start = line.firstIndex(of: UInt8(ascii: "<")) else { continue }
      let tag = UnsafeRawBufferPointer(rebasing: line[start...])
      if tag.begins(with: "<event"), tag.count == 6 || tag[6] == 0x3E || Words.isBlank(tag[6]) {
        return true
      }
      if tag.begins(with: "</LesHouchesEvents>") { return false }
    }
    throw FileProblem(
      "is truncated: </LesHouchesEvents> is missing at its end, line \(text.lineNumber)")
  }

  /// The next line of the event.
  func eventLine(_ what: @autoclosure () -> String) throws -> UnsafeRawBufferPointer {
    guard let line = try text.next() else {
      throw FileProblem("is truncated: it ends inside an event, at line \(text.lineNumber)")
    }
    if line.trimmed.begins(with: "<") {
      throw text.problem("has '\(line.trimmed.excerpt)' where \(what()) should be")
    }
    return line
  }

  /// Reads the lines up to the event's end and gives each to the body.
  func finishEvent(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    while let line = try text.next() {
      let trimmed = line.trimmed
      if trimmed.begins(with: "</event>") { return }
      if trimmed.begins(with: "<event>") || trimmed.begins(with: "<event ") {
        throw text.problem("begins an event before </event> ends the one before")
      }
      try body(trimmed)
    }
    throw FileProblem("is truncated: it ends inside an event, at line \(text.lineNumber)")
  }
}
