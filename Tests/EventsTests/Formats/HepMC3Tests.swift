// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// HepMC3's text format as its WriterAscii writes it, and how bad files are refused.
struct HepMC3Tests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let event = """
    E 7 2 5
    U MEV MM
    W 2 3
    A 0 GenCrossSection 1 2
    P 1 0 2212 0 0 6500e3 6500e3 938 4
    P 2 0 2212 0 0 -6500e3 6500e3 938 4
    V -1 0 [1,2] @ 0 0 0 1
    P 3 -1 13 3000 4000 0 5000 105 2
    P 4 3 22 0 0 0 0 0 1
    P 5 -1 -11 0 0 1 1 0.511 1
    """

  static func file(_ events: String, names: String = "W nominal\\|up") -> String {
    """
    HepMC::Version 3.02.05
    HepMC::Asciiv3-START_EVENT_LISTING
    \(names)
    T generator\\|1.0\\|none
    \(events)
    HepMC::Asciiv3-END_EVENT_LISTING


    """
  }

  func reader(_ text: String) throws -> any EventReader {
    try HepMC3Format().open(folder.write(Array(text.utf8), as: "events.hepmc"), tree: nil)
  }

  func refusal(_ text: String) throws -> String {
    let error = #expect(throws: EventFileError.self) {
      let reader = try reader(text)
      _ = try reader.read(["Particle_pt", "weight"], entries: 0..<reader.entryCount)
    }
    return error?.message ?? ""
  }

  func reals(_ reader: any EventReader, _ name: String) throws -> [Double] {
    let block = try reader.read([name], entries: 0..<reader.entryCount)
    return try #require(block.columns[name]).values.reals
  }

  @Test func oneEvent() throws {
    let reader = try reader(Self.file(Self.event))
    #expect(try reals(reader, "event") == [7])
    #expect(try reals(reader, "weight") == [2])
    #expect(try reals(reader, "weight_up") == [3])
    #expect(try reals(reader, "Particle_energy") == [6500, 6500, 5, 0, 0.001])
    #expect(try reals(reader, "Particle_pt")[2] == 5)
    #expect(try reals(reader, "Particle_mother1") == [-1, -1, 0, 2, 0])
    #expect(try reals(reader, "Particle_mother2") == [-1, -1, 1, 2, 1])
  }

  @Test func weightsWithoutNames() throws {
    let event = Self.event
    #expect(try reals(reader(Self.file(event, names: "")), "weight") == [2])
    let bare = event.replacing("W 2 3\n", with: "")
    #expect(try reals(reader(Self.file(bare, names: "")), "weight") == [1])
  }

  @Test(arguments: [
    ("", "is empty"), ("E 1 2 3\n", "line 1 doesn't begin a HepMC3 file: "),
    (
      "HepMC::Version 2.06\nHepMC::IO_GenEvent-START_EVENT_LISTING\n",
      "line 2 begins a file of HepMC 2; write it with HepMC3's WriterAscii"
    ),
    (
      "HepMC::Asciiv3-START_EVENT_LISTING\nE 1 0 0\n",
      "is truncated: HepMC::Asciiv3-END_EVENT_LISTING is missing at its end, line 2"
    ),
    ("HepMC::Asciiv3-START_EVENT_LISTING\nW a\\|a\nE 1 0 0\n", "line 2 names weight 'a' twice"),
  ])
  func badFiles(text: String, message: String) throws {
    #expect(try refusal(text).hasPrefix(message))
  }

  @Test(arguments: [
    ("W 2 3", "W 2", "line 5 begins an event of 1 weights where the head names 2"),
    ("W 2 3", "W 2 x", "line 7 has 'x' for a weight"),
    ("U MEV", "U KEV", "line 6 has 'KEV' for the unit of momentum: GEV or MEV"),
    ("E 7 2 5", "E 7 2 6", "line 5 begins an event of 6 particles; 5 follow"),
    ("P 4 3", "P 4 4", "line 13 says particle 4 comes from 4"),
    ("P 4 3", "P 6 3", "line 13 has particle 6 where 4 should be"),
    ("P 5 -1", "P 5 -2", "line 14 names vertex -2, which hasn't been given"),
    ("[1,2]", "[1,9]", "line 11 names an incoming particle that hasn't been given"),
    ("[1,2]", "1,2", "line 11 has no list of incoming particles"),
    ("4000 0 5000", "4000", "line 12 ends before the mass"),
    ("P 4 3 22", "P 4 3 2.2", "line 13 has '2.2' for the particle's number, not a whole number"),
  ])
  func brokenEvents(old: String, new: String, message: String) throws {
    #expect(try refusal(Self.file(Self.event.replacing(old, with: new))) == message)
  }
}
