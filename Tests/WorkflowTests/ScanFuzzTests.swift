// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Workflow

@Suite("Mutated scans, signal families and tables")
struct ScanFuzzTests {
  private let scan = """
    schema: 1
    scan: plane
    analysis: squark-multijet@2
    signal: signal.yaml
    parameters:
      m: {range: [1, 2], unit: GeV, scale: log}
      n: {range: [0, 1000]}
    constraints: ["m < n"]
    outputs: [{name: obs, value: limit.upper_limit, weight: 0.5}, {name: cls, value: test.cls}]
    strategy: points
    points: points.csv
    acquisition: {batch: 8}
    stop: {misclassified: 0.02, evaluations: 50, wall_time: 12h}
    seed: 20230523

    """
  private let families = [
    """
    schema: 1
    signal: squark
    cross_section_pb: {table: x.csv, k_factor: 2}
    efficiency_map: {file: e.csv, replaces: select.yields}

    """,
    """
    schema: 1
    signal: squark
    generator:
      arguments: [python3, "{file.g.py}", "{m}", "{n}", "{seed}", "{output.events}"]
      files: [g.py]
      outputs: {events: {path: e.root}, cross_section_pb: {path: x.json, type: cross-section}}
      events: {format: root, tree: Events}
      time_limit: 60

    """,
    """
    schema: 1
    signal: squark
    cross_section_pb: 1
    signals: {files: p/*.yaml, match: nearest}

    """,
  ]
  private let tables = [
    "points.csv": "m,n\n1,0\n1.5,10\n2,20\n",
    "x.csv": "m,n,cross_section_pb,uncertainty_pb\n1,0,4,1\n1,9,1,1\n2,0,3,1\n2,9,2,1\n",
    "e.csv": "m,n,region,variation,entries,efficiency,uncertainty\n"
      + "1,0,A,,1,0.1,0.1\n1,0,A,i_up,1,0.1,0.1\n1,0,A,i_down,1,0.1,0.1\n",
    "g.py": "print()", "p/a.root": "",
    "p/a.yaml": "schema: 1\nsignal: a\npoint: {m: 1, n: 2}\n"
      + "events: {files: [a.root], format: root}\n",
  ]
  private let words = [
    "m", "n", "{", "}", "{}", "[", "]", ",", "\"", "'", ":", " ", "\n", "-", "&a", "*a", "!t",
    "1e999",
    "-1", "nan", "{m}", "{file.x}", "../", "/etc/passwd", "*", "?", "select.yields", "schema: 1",
    "é",
    "#", "0", "\u{0}", "\t", "@", "12h", "\\",
  ]

  private func mutated(_ text: String, _ random: inout SeededGenerator) -> String {
    var text = Array(text)
    for _ in 0..<Int.random(in: 0...3, using: &random) where !text.isEmpty {
      let place = Int.random(in: 0..<text.count, using: &random)
      let end = min(text.count, place + Int.random(in: 0...10, using: &random))
      text.replaceSubrange(place..<end, with: words.randomElement(using: &random) ?? "")
    }
    return String(text)
  }

  /// A folder with the tables, each mutated now and then.
  private func folder(_ random: inout SeededGenerator) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, text) in tables.sorted(by: { $0.key < $1.key }) {
      let isMutated = Int.random(in: 0..<4, using: &random) == 0
      try folder.write(isMutated ? mutated(text, &random) : text, to: path)
    }
    try folder.write("", to: "signal.yaml")
    return folder
  }

  private func file(in folder: TemporaryFolder) -> URL {
    URL(fileURLWithPath: "f.yaml", relativeTo: URL(fileURLWithPath: folder.url.path + "/"))
  }

  @Test("unchanged they are read")
  func unchanged() throws {
    let folder = try TemporaryFolder()
    for (path, text) in tables { try folder.write(text, to: path) }
    try folder.write("", to: "signal.yaml")
    let file = file(in: folder)
    let scan = try ScanSpecification(yaml: scan, file: file)
    #expect(scan.strategy == .points([[1, 0], [1.5, 10], [2, 20]]))
    for yaml in families {
      _ = try SignalFamily(yaml: yaml, file: file, for: analysis(), parameters: ["m", "n"])
    }
  }

  @Test("scans are read or refused with a place, and never crash", arguments: 0..<4)
  func scans(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let folder = try folder(&random)
      do {
        let scan = try ScanSpecification(yaml: mutated(scan, &random), file: file(in: folder))
        #expect((1...6).contains(scan.parameters.count))
        #expect(scan.parameters.allSatisfy { $0.lower < $0.upper })
        if case .points(let points) = scan.strategy {
          #expect(points.allSatisfy { $0.count == scan.parameters.count })
        }
      } catch {
        checkPlaces(of: error)
      }
    }
  }

  @Test("families are read or refused with a place, and never crash", arguments: 0..<4)
  func families(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 100)
    let analysis = try analysis()
    for _ in 0..<100 {
      let folder = try folder(&random)
      let yaml = mutated(families.randomElement(using: &random) ?? "", &random)
      do {
        let family = try SignalFamily(
          yaml: yaml, file: file(in: folder), for: analysis, parameters: ["m", "n"])
        // Whatever was read gives a signal or a sentence.
        do {
          let signal = try family.signal(at: ["m": 1.2, "n": 3], replacement: StepInput())
          #expect(!signal.name.isEmpty)
        } catch let error as RefusedPoint {
          #expect(!error.description.isEmpty)
        }
      } catch let error as InvalidSpecification {
        checkPlaces(of: error)
      }
    }
  }

  private func checkPlaces(of error: InvalidSpecification) {
    #expect(!error.diagnostics.isEmpty)
    for diagnostic in error.diagnostics {
      #expect(diagnostic.location != nil, "\(diagnostic)")
      #expect(!diagnostic.message.isEmpty)
    }
  }
}
