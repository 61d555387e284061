// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// Les Houches files by their grammar (hep-ph/0609017), and how bad ones are refused.
struct LHETests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let event = """
    <event>
     2 1 0.5E+00 91.2 .0078 0.118
     21 -1 0 0 1 2 0. 0. 1.5 1.5 0. 0. 9.
     -2 1 1 1 0 1 3. -4. 0 5.099 1. 0. 9.
    """

  /// A file around some lines of events.
  static func file(head: String = "", _ events: String) -> String {
    """
    <LesHouchesEvents version="3.0">
    <!-- <event> in a comment -->
    <header>
    \(head)
    # 2 > 1 <event> cards may hold anything
    </header>
    <init>
     2212 2212 6500 6500 0 0 1 1 -4 1
     1.5 0.1 1.0 1
    </init>
    \(events)
    </LesHouchesEvents>

    """
  }

  func reader(_ text: String) throws -> any EventReader {
    try LHEFormat().open(folder.write(Array(text.utf8), as: "events.lhe"), tree: nil)
  }

  func refusal(_ text: String, _ names: [String] = ["Particle_pt", "weight"]) throws -> String {
    let error = #expect(throws: EventFileError.self) {
      let reader = try reader(text)
      _ = try reader.read(names, entries: 0..<reader.entryCount)
    }
    return error?.message ?? ""
  }

  func reals(_ reader: any EventReader, _ name: String) throws -> [Double] {
    let block = try reader.read([name], entries: 0..<reader.entryCount)
    return try #require(block.columns[name]).values.reals
  }

  @Test func oneEvent() throws {
    let reader = try reader(Self.file(Self.event + "\n# rwgt 1 2 3\n<mgrwt>\n</mgrwt>\n</event>"))
    #expect(reader.entryCount == 1)
    #expect(try reals(reader, "weight") == [0.5])
    #expect(try reals(reader, "alpha_qed") == [0.0078])
    #expect(try reals(reader, "Particle_pt") == [0, 5])
    #expect(try reals(reader, "Particle_eta") == [.infinity, 0])
    #expect(try reals(reader, "Particle_mother1") == [-1, 0])
    #expect(try abs(reals(reader, "Particle_charge")[1] + 2 / 3.0) < 1e-15)
  }

  /// Names from the first event where the head has none; several on a line, with any quotes.
  @Test func weightsThatOnlyEventsName() throws {
    let weights = """
      <rwgt><wgt id='a'> 1.5 </wgt><wgt id="b c" >-2</wgt></rwgt>
      </event>
      """
    let reader = try reader(Self.file(Self.event + "\n" + weights))
    #expect(try reals(reader, "weight_a") == [1.5])
    #expect(try reals(reader, "weight_b c") == [-2])
  }

  @Test func listedWeights() throws {
    let head = "<initrwgt>\n<weight id='a'>x</weight> <weight id='b'>\n</weight>\n</initrwgt>"
    for list in [
      "<weights>1 2</weights>", "<weights>\n1\n 2 \n</weights>", "<weights> 1\n2</weights>",
    ] {
      let reader = try reader(Self.file(head: head, Self.event + "\n\(list)\n</event>"))
      #expect(try reals(reader, "weight_a") + reals(reader, "weight_b") == [1, 2])
    }
    #expect(
      try refusal(
        Self.file(head: head, Self.event + "\n<weights>1 2 3</weights>\n</event>"), ["weight_a"])
        == "line 18 has more weights than the head names, 2")
    #expect(
      try refusal(
        Self.file(head: head, Self.event + "\n<weights>1</weights>\n</event>"), ["weight_b"])
        == "line 14 begins an event without weight 'b'")
  }

  @Test func filesThatAreNone() throws {
    #expect(try refusal("") == "is empty")
    #expect(
      try refusal("hello\n")
        == "line 1 doesn't begin a Les Houches file: <LesHouchesEvents is missing")
    #expect(
      try refusal("<LesHouchesEvents version='1.0'>\n")
        == "is truncated: it ends in its head, at line 1")
  }

  @Test func eventsThatAreBroken() throws {
    let event = Self.event
    #expect(
      try refusal(Self.file(event))
        == "is truncated: it ends inside an event, at line 15")
    #expect(
      try refusal(Self.file(event + "\n" + event + "\n</event>"))
        == "line 15 begins an event before </event> ends the one before")
    #expect(
      try refusal(Self.file("<event>\n 3 1 1 1 1 1\n</event>"))
        == "line 13 has '</event>' where one of 3 particles should be")
    #expect(
      try refusal(Self.file("<event>\n 0 1 x 1 1 1\n</event>"))
        == "line 12 has 'x' for the weight, not a number")
    #expect(
      try refusal(Self.file("<event>\n 0 1\n</event>")) == "line 12 ends before the weight")
    #expect(
      try refusal(Self.file("<event>\n -1 1 1 1 1 1\n</event>"))
        == "line 12 says it has -1 particles")
    #expect(
      try refusal(Self.file("<event>\n 1 1 1 1 1 1\n 21 -1 2 0 0 0 0 0 0 0 0 0 9\n</event>"))
        == "line 13 names mother 2 of 1 particles")
    #expect(
      try refusal(Self.file("<event>\n 1 1 1 1 1 1\n 21 -1 0 0 0 0 0 0 0 0\n</event>"))
        == "line 13 ends before the mass")
  }

  @Test func endIsMissing() throws {
    let text = Self.file(Self.event + "\n</event>").replacing("</LesHouchesEvents>", with: "")
    #expect(
      try refusal(text).hasPrefix(
        "is truncated: </LesHouchesEvents> is missing at its end, line "))
  }

  @Test func weightsNamedTwice() throws {
    let head = "<initrwgt>\n<weight id='a'>x</weight>\n<weight id='a'>y</weight>\n</initrwgt>"
    #expect(
      try refusal(Self.file(head: head, Self.event + "\n</event>"))
        == "line 6 names weight 'a' twice")
  }
}
