// SPDX-License-Identifier: Apache-2.0

/// A file of HepMC3's own text format ("Asciiv3", doi:10.1016/j.cpc.2020.107310, its appendix) read
/// from event to event.
final class HepMC3File {
  let text: TextFile
  /// Names of the weights, in the order in which events give them.
  private(set) var weightNames: [String] = []
  /// The `E` line of the event that begins; read, but not passed on yet.
  private var pending = false
  private var head: UnsafeRawBufferPointer?

  /// Reads up to the first event.
  /// - Throws: FileProblem when it isn't such a file.
  init(_ path: String) throws {
    text = try TextFile(path)
    var isBegun = false
    while let line = try text.next() {
      if line.isEmpty || line.begins(with: "HepMC::Version") { continue }
      guard isBegun else {
        guard line.begins(with: "HepMC::Asciiv3-START_EVENT_LISTING") else { throw refusal(line) }
        isBegun = true
        continue
      }
      if try isEvent(line) { return }
      if line.begins(with: "W ") {
        weightNames = Self.names(UnsafeRawBufferPointer(rebasing: line[2...]))
        try checkNames()
      }
    }
    throw isBegun
      ? FileProblem("is truncated: it ends in its head, at line \(text.lineNumber)")
      : FileProblem("is empty")
  }

  private func refusal(_ line: UnsafeRawBufferPointer) -> FileProblem {
    if line.begins(with: "HepMC::IO_GenEvent") || line.begins(with: "HepMC::IO_Ascii") {
      return text.problem("begins a file of HepMC 2; write it with HepMC3's WriterAscii")
    }
    return text.problem(
      "doesn't begin a HepMC3 file: HepMC::Asciiv3-START_EVENT_LISTING is missing")
  }

  private func checkNames() throws {
    var known: Set<String> = []
    for name in weightNames where !known.insert(name).inserted {
      throw text.problem("names weight '\(name)' twice")
    }
  }

  /// Notes the first line of an event, and the end of the last.
  private func isEvent(_ line: UnsafeRawBufferPointer) throws -> Bool {
    if line.begins(with: "E ") {
      head = line
      pending = true
      return true
    }
    if line.begins(with: "HepMC::Asciiv3-END_EVENT_LISTING") {
      pending = false
      head = nil
      return true
    }
    return false
  }

  /// The names of a line, which are lines of their own before the writer escapes them.
  private static func names(_ text: UnsafeRawBufferPointer) -> [String] {
    var names: [[UInt8]] = [[]]
    var position = 0
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "\\"), position < text.count {
        if text[position] == UInt8(ascii: "|") {
          names.append([])
        } else {
          names[names.count - 1].append(text[position])
        }
        position += 1
      } else {
        names[names.count - 1].append(byte)
      }
    }
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The first line of the next event; nil behind the last one.
  func nextEvent() -> UnsafeRawBufferPointer? {
    defer { pending = false }
    return pending ? head : nil
  }

  /// The next line of the event; nil at its end, where the next event or the file's end is noted.
  func eventLine() throws -> UnsafeRawBufferPointer? {
    guard let line = try text.next() else {
      throw FileProblem(
        "is truncated: HepMC::Asciiv3-END_EVENT_LISTING is missing at its end, line "
          + "\(text.lineNumber)")
    }
    return try isEvent(line) ? nil : line
  }
}
