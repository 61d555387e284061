// SPDX-License-Identifier: Apache-2.0
import Yams

extension SpecificationText {
  /// One sentence with a place for whatever the parser says.
  func diagnostic(for error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      return Diagnostic(
        path: "", location: location(mark), message: sentence(context, problem, mark))
    case .composer(_, let problem, let mark, _):
      let message =
        problem.contains("another document")
        ? "a second document begins here; a file holds one" : "this is not YAML: \(problem)"
      return Diagnostic(path: "", location: location(mark), message: message)
    case .duplicatedKeysInMapping(let keys, let context):
      return duplicate(keys.first ?? "", first: context.mark)
    case .reader(let problem, _, _, _):
      return Diagnostic(path: "", location: start, message: "this is not YAML: \(problem)")
    default:
      return Diagnostic(path: "", location: start, message: "this is not YAML: \(error)")
    }
  }

  private func sentence(_ context: YamlError.Context?, _ problem: String, _ mark: Mark) -> String {
    let line = lines.dropFirst(mark.line - 1).first ?? []
    if line.dropFirst(mark.column - 1).first == "\t" {
      return "a tab stands where YAML wants spaces"
    }
    let place = context.map { " (\($0.text), line \($0.mark.line))" } ?? ""
    return "this is not YAML: \(problem)\(place)"
  }

  /// The parser tells the first place only. The second is looked for in the text: further down in
  /// the same column, or later in a mapping written in braces.
  private func duplicate(_ key: String, first mark: Mark) -> Diagnostic {
    let first = location(mark)
    guard let second = secondPlace(of: key, after: mark) else {
      return Diagnostic(
        path: "", location: first, message: "the key '\(key)' stands here twice in one mapping")
    }
    return Diagnostic(
      path: "", location: second,
      message: "the key '\(key)' stands twice in one mapping, first in line \(first.line), "
        + "column \(first.column)")
  }

  private func secondPlace(of key: String, after mark: Mark) -> SourceLocation? {
    let spellings = [key, "'\(key)'", "\"\(key)\""].map { Array($0.unicodeScalars) }
    let lines = lines
    let (first, column) = (mark.line - 1, mark.column - 1)
    guard lines.indices.contains(first) else { return nil }
    func isKey(_ line: Int, _ column: Int) -> Bool {
      spellings.contains { spelling in
        let rest = lines[line].dropFirst(column)
        return rest.starts(with: spelling)
          && rest.dropFirst(spelling.count).first { $0 != " " } == ":"
      }
    }
    let isInBraces = lines[first].prefix(column).last { $0 != " " }.map {
      "{,".unicodeScalars.contains($0)
    }
    if isInBraces == true {
      for line in lines.indices.dropFirst(first) {
        for place in lines[line].indices.dropFirst(line == first ? column + 1 : 0)
        where isKey(line, place)
          && (place == 0 || "{, ".unicodeScalars.contains(lines[line][place - 1]))
        {
          return SourceLocation(file: file, line: line + 1, column: place + 1)
        }
      }
      return nil
    }
    for line in lines.indices.dropFirst(first + 1) {
      if isKey(line, column) {
        return SourceLocation(file: file, line: line + 1, column: mark.column)
      }
      // Text further to the left ends the mapping.
      let indentation = lines[line].prefix { $0 == " " }.count
      if indentation < column, !["#", "\r", nil].contains(lines[line].dropFirst(indentation).first)
      {
        return nil
      }
    }
    return nil
  }

  private var lines: [[Unicode.Scalar]] {
    yaml.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
  }

  private func location(_ mark: Mark) -> SourceLocation {
    SourceLocation(file: file, line: mark.line, column: mark.column)
  }
}
