// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What the README shows is what happens: its `reprise` commands are run in order, in the folder of
/// the checkout with a registry of their own, and their output is compared.
///
/// A block of the language `console` holds lines `$ command` and below each its output. A line `…`
/// stands for any lines; durations and moments are not compared.
@Suite struct ReadmeTests {
  private struct Example {
    let command: String
    var output: [String] = []
  }

  private func examples() throws -> [Example] {
    let path = Checkout.path("README.md")
    guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
    var examples: [Example] = []
    var isInside = false
    for line in String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isInside = !isInside && line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        examples.append(Example(command: String(line.dropFirst(2))))
      } else if isInside, !examples.isEmpty {
        examples[examples.count - 1].output.append(line)
      }
    }
    return examples
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: Checkout.path("README.md")),
      "README.md is not here"))
  func commandsPrintWhatIsShown() throws {
    let examples = try examples().filter { words($0.command).first?.hasSuffix("reprise") == true }
    #expect(!examples.isEmpty)
    try TemporaryFolder.use { folder in
      var tool = CommandLineTool(in: Checkout.root)
      tool.environment["REPRISE_REGISTRY"] = folder.appendingPathComponent("registry").path
      for example in examples {
        let output = try tool.run(Array(words(example.command).dropFirst()))
        let printed = lines(output.standardOutput + output.standardError)
        let shown = lines(example.output.joined(separator: "\n"))
        #expect(
          matches(shown[...], printed[...]),
          "$ \(example.command)\nshown:\n\(shown.joined(separator: "\n"))\nprinted:\n\(printed.joined(separator: "\n"))"
        )
      }
    }
  }

  private func lines(_ text: String) -> [String] {
    var lines = VolatileText.replaced(text).components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Whether the printed lines are the shown ones, "…" standing for any number of lines.
  private func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return printed.isEmpty }
    if first.trimmingCharacters(in: .whitespaces) == "…" {
      return (printed.startIndex...printed.endIndex).contains {
        matches(shown.dropFirst(), printed[$0...])
      }
    }
    guard let line = printed.first, isSame(first, line) else { return false }
    return matches(shown.dropFirst(), printed.dropFirst())
  }

  /// Whether a printed line is the shown one; numbers of more than eight digits may differ in the
  /// tenth, as processors do.
  private func isSame(_ shown: String, _ printed: String) -> Bool {
    let (left, right) = (shown.split(separator: " "), printed.split(separator: " "))
    return left.count == right.count
      && zip(left, right).allSatisfy { shown, printed in
        if shown == printed { return true }
        let numbers = [shown, printed].map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: ","))
        }
        guard numbers[0].count(where: { $0.isNumber }) > 8, let one = Double(numbers[0]),
          let other = Double(numbers[1])
        else { return false }
        return abs(one - other) <= 1e-9 * abs(one)
      }
  }

  /// A command line's words; quotes keep blanks together.
  private func words(_ command: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in command {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote == nil, character == " " {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// Every command has its place in the documentation.
  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: Checkout.path("README.md")),
      "README.md is not here"))
  func everyCommandIsNamed() throws {
    let text = try String(contentsOfFile: Checkout.path("README.md"), encoding: .utf8)
    for command in HelpTests.commands + HelpTests.documents {
      #expect(text.contains(command), "README.md does not name '\(command)'")
    }
  }
}
