// SPDX-License-Identifier: Apache-2.0

/// A line of text with subscripts, superscripts and letters that keyboards lack.
struct Label: Hashable, Sendable {
  /// Nobody reads further; what is longer is cut.
  private static let longest = 400

  private(set) var runs: [LabelRun]
  /// Without its marks.
  let plainText: String

  init(_ text: String, isBold: Bool = false) {
    let kept = text.count > Self.longest ? text.prefix(Self.longest) + "…" : text[...]
    runs = LabelParser(String(kept), isBold: isBold).runs
    plainText = runs.map(\.text).joined()
  }

  var isEmpty: Bool { plainText.isEmpty }

  /// In pixels, for a size in pixels.
  func width(size: Double) -> Double {
    runs.indices.reduce(0) { total, index in
      let own = runs[index].width(size: size)
      return total
        + (runs[index].isStacked ? max(0, own - runs[index - 1].width(size: size)) : own)
    }
  }

  /// Without its middle, if it is too wide: ends of names tell more than their middles.
  func shortened(to width: Double, size: Double) -> Label {
    guard self.width(size: size) > width else { return self }
    let characters = runs.flatMap { run in run.text.map { ($0, run.setting) } }
    var kept = characters.count - 1
    var shorter = self
    repeat {
      kept -= 1
      let head = characters.prefix((kept + 1) / 2)
      let tail = characters.suffix(kept / 2)
      shorter.runs = []
      for (character, setting) in head { shorter.append(character, setting) }
      shorter.append("…", head.last?.1 ?? .init())
      for (character, setting) in tail { shorter.append(character, setting) }
    } while kept > 1 && shorter.width(size: size) > width
    return shorter
  }

  private mutating func append(_ character: Character, _ setting: LabelRun.Setting) {
    if let last = runs.indices.last, runs[last].setting == setting {
      runs[last].text.append(character)
    } else {
      runs.append(LabelRun(text: String(character), setting: setting))
    }
  }
}
