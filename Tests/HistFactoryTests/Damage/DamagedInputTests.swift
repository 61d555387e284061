// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// Broken workspaces, patchsets, HS3 and XML files are refused with sentences, or read: they never
/// end the program, and what comes of them can be asked.
///
/// REPRISE_FUZZ_SEED takes other damages, REPRISE_DAMAGE_COUNT more than 500 of each kind.
@Suite struct DamagedInputTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed = environment["REPRISE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
  private static let count = environment["REPRISE_DAMAGE_COUNT"].flatMap { Int($0) } ?? 500

  /// Breaks a text again and again; each time `read` accepts it or throws sentences.
  private func damage(
    _ text: [UInt8], _ comment: String, stream: UInt64,
    read: ([UInt8]) throws(InvalidWorkspace) -> Void
  ) {
    var damage = Damage(numbers: SeededNumbers(Self.seed &* 1000 &+ stream))
    var refused = 0
    for _ in 0..<Self.count {
      let bytes = damage.apply(to: text)
      do throws(InvalidWorkspace) {
        try read(bytes)
      } catch {
        refused += 1
        #expect(!error.problems.isEmpty && error.problems.allSatisfy { !$0.message.isEmpty })
        // A sentence for each problem, not for each byte of a broken file.
        #expect(error.description.utf8.count < 64 * bytes.count + 4096)
      }
    }
    // A reader that takes everything would pass, too.
    #expect(refused > Self.count / 4, "\(comment): \(refused) of \(Self.count) refused")
  }

  /// A model that can be made can be evaluated and asked for what it expects.
  private func use(_ workspace: Workspace) {
    guard let model = try? Model(workspace), model.data.main.count < 10_000 else { return }
    var gradient: [Double] = []
    _ = Likelihood(model, data: model.data).evaluate(model.inits, gradient: &gradient)
    #expect(gradient.count == model.inits.count)
    _ = model.expectedData(model.inits)
  }

  @Test func workspaces() throws {
    for (stream, key) in ["left", "right"].enumerated() {
      let text = try OperationFixtures.bytes(key)
      damage(text, key, stream: UInt64(stream)) { (bytes) throws(InvalidWorkspace) in
        use(try Workspace(json: bytes))
      }
    }
  }

  @Test func drawnWorkspaces() throws {
    var generator = ModelGenerator(seed: Self.seed)
    let text = generator.workspace().jsonData()
    damage(text, "drawn", stream: 2) { (bytes) throws(InvalidWorkspace) in
      use(try Workspace(json: bytes))
    }
  }

  /// Patches that fit are applied; one that doesn't leaves no half-patched workspace behind.
  @Test func patchsets() throws {
    let background = try OperationFixtures.bytes("left")
    damage(try OperationFixtures.bytes("patchset"), "patchset", stream: 3) {
      (bytes) throws(InvalidWorkspace) in
      let set = try PatchSet(json: bytes)
      for patch in set.patches {
        use(try Workspace(json: background, patches: [patch.patch]))
      }
    }
  }

  @Test func hs3() throws {
    let text = try OperationFixtures.workspace("left").hs3Data()
    damage(text, "HS3", stream: 4) { (bytes) throws(InvalidWorkspace) in
      use(try Workspace.importing(hs3: bytes).workspace)
    }
  }

  @Test func xml() throws {
    let (files, _) = try XMLFixture.pyhfs()
    for (stream, path) in files.texts.keys.sorted().enumerated() {
      let text = Array((files.texts[path] ?? "").utf8)
      damage(text, path, stream: UInt64(5 + stream)) { (bytes) throws(InvalidWorkspace) in
        var damaged = files
        damaged.texts[path] = String(decoding: bytes, as: UTF8.self)
        use(try damaged.imported().workspace)
      }
    }
  }

  /// What the JSON reader takes, Foundation takes, and makes the same of it.
  @Test func jsonBesideFoundation() throws {
    var damage = Damage(numbers: SeededNumbers(Self.seed &* 1000 &+ 99))
    let text = try OperationFixtures.bytes("left")
    var accepted = 0
    for _ in 0..<Self.count {
      let bytes = damage.apply(to: text)
      guard let node = try? JSONParser.parse(JSONText(bytes, source: "damaged")) else { continue }
      accepted += 1
      let printed = JSONWriter.write(node)
      let theirs = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      let ours = try JSONSerialization.jsonObject(with: Data(printed), options: .fragmentsAllowed)
      let same = (theirs as? NSObject) == (ours as? NSObject)
      #expect(same, "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(accepted > 0)
  }
}
