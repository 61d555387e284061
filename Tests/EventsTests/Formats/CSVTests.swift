// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// What CSV files may look like, and how a bad one is refused.
struct CSVTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func reader(_ text: String) throws -> any EventReader {
    try CSVFormat().open(folder.write(Array(text.utf8), as: "events.csv"), tree: nil)
  }

  /// The message of what opening the text or reading all of it throws.
  func refusal(_ text: String, _ names: [String] = []) throws -> String {
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

  @Test func typesAreThoseOfAllCells() throws {
    let text = "a,b,c,d,e,f\n1,1,true,x,-9223372036854775808,\n2,0.5,False,1,7,3\n"
    let columns = try reader(text).columns
    #expect(columns.map(\.name) == ["a", "b", "c", "d", "e", "f"])
    #expect(columns.map(\.type) == [.integer, .real, .boolean, .real, .integer, .integer])
    #expect(columns.map(\.isReadable) == [true, true, true, false, true, false])
    #expect(columns[3].storedType == "text, as 'x' in line 2")
    #expect(columns[5].storedType == "whole numbers, and nothing in line 2")
  }

  @Test func lineEndsQuotesAndMarks() throws {
    let reader = try reader("\u{FEFF}\"a\",\"b,\"\"c\"\"\"\r\n 1 ,\"2.5\"\r\n\r\n3,4")
    #expect(reader.columns.map(\.name) == ["a", "b,\"c\""])
    #expect(try reals(reader, "a") == [1, 3])
    #expect(try reals(reader, "b,\"c\"") == [2.5, 4])
  }

  /// The head as numpy.savetxt writes it.
  @Test func commentedHead() throws {
    #expect(try reals(reader("# x,y\n1e3,2\n"), "x") == [1000])
  }

  @Test(arguments: [
    "j0_pt,j1_pt,j2_pt", "j_pt_0,j_pt_1,j_pt_2", "j_pt[0],j_pt[1],j_pt[2]", "j1_pt,j2_pt,j3_pt",
  ])
  func numberedColumnsAreACollection(head: String) throws {
    let reader = try reader(head + "\n1,2,3\n4,,\n,,\n5,6,\n")
    let block = try reader.read(["j_pt"], entries: 0..<4)
    #expect(block.columns["j_pt"]?.offsets == [0, 3, 4, 4, 6])
    #expect(block.columns["j_pt"]?.values.reals == [1, 2, 3, 4, 5, 6])
  }

  @Test(arguments: ["j0_pt,j2_pt", "j1_pt", "j2_pt,j3_pt", "j0_pt,j1_pt,j_pt", "j0,j1"])
  func otherNumbersAreNot(head: String) throws {
    let names = head.split(separator: ",").map(String.init)
    let reader = try reader(head + "\n" + names.map { _ in "1" }.joined(separator: ",") + "\n")
    #expect(reader.columns.map(\.name) == names)
  }

  @Test func gapInACollection() throws {
    #expect(
      try refusal("j0_pt,j1_pt,j2_pt\n1,2,3\n1,,3\n", ["j_pt"])
        == "line 3 has a value for 'j2_pt' behind the empty 'j1_pt', where 'j_pt' ends")
  }

  @Test(arguments: [
    ("", "is empty"), ("a,b\n1,2\n3\n", "line 3 has 1 cells where the first line names 2 columns"),
    ("a,a\n1,2\n", "line 1 names column 'a' twice"),
    ("a,,c\n", "line 1 has no name for column 2 of 3"),
    ("1,2\n3,4\n", "line 1 holds numbers; the first line must name the columns"),
    ("a\n\"1\n2\"\n", "line 2 has a quoted cell that doesn't end in the line"),
    ("a\n\"1\"2\n", "line 2 has a quote inside a cell"),
  ])
  func badFiles(text: String, message: String) throws {
    #expect(try refusal(text) == message)
  }

  @Test func textIsToldWithItsLine() throws {
    #expect(
      try refusal("a,b\n1,2\n1,0x10\n", ["b"]) == "column 'b' holds text, as '0x10' in line 3")
    #expect(
      try refusal("a,b\n1,\n", ["b"]) == "column 'b' holds numbers, and nothing in line 2")
  }

  @Test func noEventsAreNoMistake() throws {
    let reader = try reader("a,b\n")
    #expect(reader.entryCount == 0)
    #expect(try reader.read(["a"], entries: 0..<0).count == 0)
  }

  /// What Swift prints is read back to the bit: short and long numbers, tiny, huge and special ones.
  @Test func numbersComeBackExactly() throws {
    var generator = SeededRandomness(seed: 7)
    var numbers: [Double] = [0, -0.0, .infinity, -.infinity]
    numbers += [.leastNonzeroMagnitude, .greatestFiniteMagnitude]
    var texts = numbers.map { "\($0)" }
    for _ in 0..<20000 {
      let bits = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
      let short = Double(Int.random(in: -99999...99999, using: &generator)) / 1000
      for number in [bits.isNaN ? 1 : bits, short, Double.random(in: -1...1, using: &generator)] {
        numbers.append(number)
        texts.append(
          Bool.random(using: &generator) ? "\(number)" : String(format: "%.17e", number))
      }
    }
    let read = try reals(reader("x\n" + texts.joined(separator: "\n") + "\n"), "x")
    #expect(read.map(\.bitPattern) == numbers.map(\.bitPattern))
    #expect(try reals(reader("x\nnan\nNaN\n"), "x").allSatisfy(\.isNaN))
  }

  /// The events of a search as numpy wrote them: sums as in the ROOT file of the same events.
  @Test(.enabled(if: SharedData.isExpected, "\(SharedData.absence)"))
  func sameEventsAsTheROOTFile() throws {
    let events = SharedData.folder.appendingPathComponent("data/squark-search/events")
    let text = try CSVFormat().open(
      events.appendingPathComponent("sqsq_1400_0.csv").path, tree: nil)
    let tree = try ROOTFormat().open(
      events.appendingPathComponent("sqsq_1400_0.root").path, tree: nil)
    #expect(text.entryCount == tree.entryCount)
    for (own, other) in [("jet_pt", "Jet_pt"), ("jet_eta", "Jet_eta"), ("MET_pt", "MET_pt")] {
      let written = try #require(text.read([own], entries: 0..<2000).columns[own])
      let stored = try #require(tree.read([other], entries: 0..<2000).columns[other])
      // Eight jets at most were written.
      for event in 0..<2000 {
        let range = written.offsets.map { $0[event]..<$0[event + 1] } ?? event..<event + 1
        let start = stored.offsets.map { $0[event] } ?? event
        for (index, value) in written.values.reals[range].enumerated() {
          // Nine digits of a float32.
          #expect(abs(value - stored.values.reals[start + index]) <= 1e-8 * abs(value))
        }
      }
    }
  }
}
