// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Workflow

@Suite("Mutated analyses")
struct AnalysisFuzzTests {
  @Test("are read or refused with a place, and never crash", arguments: 0..<8)
  func fuzz(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = [
      "signal", "file", ".", "select", "{}", "[]", "'", "\"", ":", " ", "\n", "  ", "-", "&a", "*a",
      "!t", "1e999", "-1", "~", "select.yields", "limit", "merge", "kind", "é", "#", "|", ">", "0",
    ]
    for _ in 0..<250 {
      var text = Array(validAnalysis)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
          let end = min(text.count, place + Int.random(in: 1...20, using: &random))
          text.removeSubrange(place..<end)
        case 1:
          text.insert(contentsOf: words.randomElement(using: &random) ?? "", at: place)
        case 2:
          let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
          let moved = lines.shuffled(using: &random).prefix(1)
          text.insert(contentsOf: moved.joined() + ["\n"], at: place)
        default:
          let end = min(text.count, place + Int.random(in: 1...8, using: &random))
          text.replaceSubrange(place..<end, with: words.randomElement(using: &random) ?? "")
        }
        if text.isEmpty { text = ["x"] }
      }
      if let refusal = refusal(String(text)) {
        for line in refusal.split(separator: "\n") where !line.hasPrefix("and ") {
          #expect(line.hasPrefix("analysis.yaml:"), "\(line)")
        }
      }
    }
  }

  @Test("problems come in the order of their places, all of them")
  func order() {
    let refusal = refusal(replacing: [
      "luminosity_ifb: 139": "luminosity_ifb: much", "kind: upper-limit": "kind: upper",
      "title: Squarks and gluinos": "tilte: x", "yields: select.yields": "yields: select.x",
      "data/background.json": "../background.json",
    ])
    let lines = (refusal ?? "").split(separator: "\n").compactMap {
      Int($0.split(separator: ":")[1])
    }
    #expect(lines == [1, 3, 5, 17, 18, 21])
  }
}
