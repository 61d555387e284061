// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing
import Workflow

/// A kind that takes a file, so that analyses can be read again.
private struct ReadingKind: StepKind {
  struct Parameters: Codable, Sendable {}
  static let name = "reading"
  static let version = 1

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    Parameters()
  }

  func ports(for parameters: Parameters) -> Ports {
    Ports(inputs: [Port("data", .file)], outputs: [Port("copy", .file)])
  }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    StepOutput()
  }
}

@Suite struct BundleTests {
  private let catalog = StepCatalog([ReadingKind()])
  private let source: TemporaryRegistry
  private let target: TemporaryRegistry
  private let version: Version

  private var file: URL { source.folder.appendingPathComponent("squarks.reprise") }

  private static let yaml = """
    schema: 1
    analysis: squarks
    title: Squarks
    signal:
      cross_section_pb: required
    steps:
      - id: read
        kind: reading
        inputs: {data: file.data/table.json}
    """

  init() throws {
    source = try TemporaryRegistry()
    target = try TemporaryRegistry()
    let store = source.registry.store
    let analysis = try AnalysisSpecification(
      yaml: Self.yaml, file: "analysis.yaml", directory: nil, catalog: catalog)
    // Larger than one piece, and the same bytes under two names.
    let large = try store.put(
      Data(repeating: 7, count: 5 << 20), mediaType: "application/octet-stream")
    version = try source.registry.register(
      analysis,
      files: [
        "analysis.yaml": try store.put(Data(Self.yaml.utf8), mediaType: "application/yaml"),
        "data/table.json": try store.put(Data("{}".utf8), mediaType: "application/json"),
        "signals/a.root": large, "signals/b.root": large,
        "empty": try store.put(Data(), mediaType: "text/plain"),
      ]
    ).version
    try source.record([ResultValue(.cls, value: 0.04)], step: "read", of: version)
  }

  @Test func aVersionTravels() throws {
    try source.registry.export(version, to: file)
    let imported = try target.registry.importBundle(file, catalog: catalog)
    #expect(imported.isNew)
    #expect(imported.version.fingerprint == version.fingerprint)
    #expect(imported.version.title == "Squarks")
    let files = try target.registry.files(of: imported.version)
    #expect(files == (try source.registry.files(of: version)))
    for artifact in files.values {
      #expect(
        try target.registry.store.data(for: artifact)
          == source.registry.store.data(for: artifact))
    }
    #expect(try !target.registry.importBundle(file, catalog: catalog).isNew)
    #expect(try target.registry.unreferenced().isEmpty)
    // A stranger's numbers stay in the bundle.
    #expect(try target.registry.results(matching: ResultFilter()).isEmpty)
  }

  @Test func resultsTravelWithTheirProvenance() throws {
    try source.registry.export(version, to: file)
    let rows = try DatabaseQueue(path: file.path).read {
      try Row.fetchAll($0, sql: "SELECT signal, step, kind, engine, quantity, value FROM result")
    }
    #expect(rows.count == 1)
    #expect(
      rows[0].databaseValues.map(\.description)
        == ["\"sq_1000_100\"", "\"read\"", "\"made-up\"", "\"tests 1\"", "\"cls\"", "0.04"])
  }

  @Test func aFileThatIsThereIsNotOverwritten() throws {
    try Data("precious".utf8).write(to: file)
    let error = #expect(throws: RegistryError.self) {
      try source.registry.export(version, to: file)
    }
    #expect(error?.code == .refused)
    #expect(try Data(contentsOf: file) == Data("precious".utf8))
    let names = try FileManager.default.contentsOfDirectory(atPath: source.folder.path)
    #expect(names.sorted() == ["registry", "squarks.reprise"])
  }

  @Test func aDamagedFileIsNotExported() throws {
    let artifact = try #require(try source.registry.files(of: version)["data/table.json"])
    let object = try source.registry.store.verifiedFile(for: artifact)
    try FileManager.default.removeItem(at: object)
    try Data("[]".utf8).write(to: object)
    #expect(throws: ArtifactError.self) { try source.registry.export(version, to: file) }
    let names = try FileManager.default.contentsOfDirectory(atPath: source.folder.path)
    #expect(names == ["registry"])
  }

  @Test func whatIsNoBundleIsRefused() throws {
    let other = source.folder.appendingPathComponent("other")
    for bytes in [Data(), Data("text".utf8), Data(repeating: 65, count: 10_000)] {
      try bytes.write(to: other)
      let error = #expect(throws: RegistryError.self) {
        try target.registry.importBundle(other, catalog: catalog)
      }
      #expect(error?.code == .corrupt)
    }
    let error = #expect(throws: RegistryError.self) {
      try target.registry.importBundle(
        source.folder.appendingPathComponent("nothing"), catalog: catalog)
    }
    #expect(error?.code == .notFound)
    // A registry is an SQLite file, too.
    #expect(throws: RegistryError.self) {
      try target.registry.importBundle(
        source.registry.directory.appendingPathComponent("registry.sqlite"), catalog: catalog)
    }
    #expect(try target.registry.versions().isEmpty)
  }

  @Test(arguments: [
    ("UPDATE chunk SET bytes = x'00' WHERE length(bytes) = 2", "are not what their digest says"),
    ("DELETE FROM chunk WHERE position = 1", "are not what their digest says"),
    (
      "INSERT INTO chunk SELECT digest, 9, x'01' FROM chunk WHERE position = 0",
      "are not what their digest says"
    ),
    ("UPDATE file SET byteCount = 3 WHERE path = 'data/table.json'", "not what their digest says"),
    ("UPDATE file SET path = '../evil' WHERE path = 'empty'", "leaves the folder"),
    ("UPDATE file SET path = '/etc/evil' WHERE path = 'empty'", "leaves the folder"),
    ("UPDATE file SET path = 'a/./b' WHERE path = 'empty'", "leaves the folder"),
    ("UPDATE file SET digest = 'short' WHERE path = 'empty'", "its list of files is damaged"),
    ("UPDATE file SET byteCount = -1", "its list of files is damaged"),
    ("DELETE FROM file WHERE path = 'analysis.yaml'", "holds no analysis.yaml"),
    ("DELETE FROM file WHERE path = 'data/table.json'", "lacks 'data/table.json'"),
    ("DELETE FROM file WHERE path = 'empty'", "its files are not those of the version"),
    ("UPDATE manifest SET fingerprint = 'other'", "its files are not those of the version"),
    ("DELETE FROM manifest", "has no manifest"),
    ("DROP TABLE chunk", "is not a readable bundle"),
    ("PRAGMA application_id = 5", "is not an exported version"),
    ("PRAGMA user_version = 99", "by a newer version of this program"),
  ])
  func aBundleThatWasChangedIsRefused(change: String, sentence: String) throws {
    try source.registry.export(version, to: file)
    try DatabaseQueue(path: file.path).write { try $0.execute(sql: change) }
    let error = #expect(throws: RegistryError.self) {
      try target.registry.importBundle(file, catalog: catalog)
    }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "nothing")")
    #expect(try target.registry.versions().isEmpty)
    #expect(try target.registry.unreferenced().isEmpty)
  }

  @Test func anAnalysisThatDoesNotReadIsRefused() throws {
    try source.registry.export(version, to: file)
    #expect(throws: InvalidSpecification.self) {
      try target.registry.importBundle(file, catalog: StepCatalog([]))
    }
    #expect(try target.registry.versions().isEmpty)
    #expect(try target.registry.unreferenced().isEmpty)
  }

  /// Seeded: truncations and flipped bytes anywhere give the version or a sentence, never a crash.
  @Test func damagedBytesNeverGetIn() throws {
    try source.registry.export(version, to: file)
    let whole = try Data(contentsOf: file)
    var random = SplitMix(state: 20_261_124)
    for round in 0..<60 {
      var bytes = whole
      if round % 2 == 0 {
        bytes.count = Int(random.next() % UInt64(whole.count))
      } else {
        // Half of them in the small parts: headers, lists, indexes.
        let limit = round % 4 == 1 ? UInt64(whole.count) : 40_000
        bytes[Int(random.next() % limit)] ^= UInt8(1 + random.next() % 255)
      }
      let damaged = target.folder.appendingPathComponent("damaged-\(round)")
      try bytes.write(to: damaged)
      do {
        let imported = try target.registry.importBundle(damaged, catalog: catalog)
        #expect(imported.version.fingerprint == version.fingerprint)
      } catch is RegistryError {
        // Refused with a sentence.
      } catch is InvalidSpecification {
        // The same, from the analysis.
      }
    }
  }
}

/// A small generator (Steele, Lea and Flood, OOPSLA 2014), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
