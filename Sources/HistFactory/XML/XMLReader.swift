// SPDX-License-Identifier: Apache-2.0

/// Reads one XML file: elements, attributes, histograms, and what is wrong or left out.
final class XMLReader {
  let source: String
  let root: MarkupElement
  private let text: JSONText
  private let files: any HistFactoryFiles
  private(set) var problems: [InvalidWorkspace.Problem] = []
  private(set) var omissions: [InvalidWorkspace.Problem] = []

  init(_ bytes: [UInt8], source: String, files: any HistFactoryFiles) throws(InvalidWorkspace) {
    self.source = source
    self.files = files
    text = JSONText(bytes, source: source)
    do throws(MarkupParser.Failure) {
      root = try MarkupParser.parse(bytes)
    } catch {
      let place = text.lineAndColumn(at: error.offset)
      throw InvalidWorkspace(
        source: source,
        problems: [
          .init(
            source: source, path: "", line: place.line, column: place.column,
            message: error.message)
        ])
    }
  }

  /// Tells what is wrong with an element.
  func report(_ message: String, at element: MarkupElement) {
    problems.append(problem(message, at: element))
  }

  /// Notes what an element says and a workspace can't.
  func omit(_ message: String, at element: MarkupElement) {
    omissions.append(problem(message, at: element))
  }

  private func problem(_ message: String, at element: MarkupElement) -> InvalidWorkspace.Problem {
    let place = text.lineAndColumn(at: element.offset)
    return .init(
      source: source, path: element.name, line: place.line, column: place.column, message: message)
  }

  /// An attribute that has to be there.
  func required(_ name: String, of element: MarkupElement) -> String? {
    if let value = element[name] { return value }
    report("the attribute '\(name)' is missing", at: element)
    return nil
  }

  /// An attribute that has to be there and a finite number.
  func number(_ name: String, of element: MarkupElement) -> Double? {
    guard let value = required(name, of: element) else { return nil }
    return number(value, name, of: element)
  }

  /// A number somebody wrote as text.
  func number(_ text: String, _ name: String, of element: MarkupElement) -> Double? {
    // "1." and ".1" are numbers in XML files made for ROOT.
    var written = text.trimmingBlanks()
    if written.hasSuffix(".") { written += "0" }
    if let value = Double(written), value.isFinite { return value }
    report("'\(name)' must be a number, but is '\(text)'", at: element)
    return nil
  }

  /// A histogram by name, or by directory and name, as pyhf looks for it.
  func histogram(
    _ name: String, directory: String, file: String, at element: MarkupElement
  ) -> HistFactoryBins? {
    guard !file.isEmpty else {
      report("no file is named for histogram '\(name)': add 'InputFile'", at: element)
      return nil
    }
    let directory = directory.split(separator: "/").joined(separator: "/")
    let paths = directory.isEmpty ? [name] : [name, directory + "/" + name]
    do {
      for path in paths {
        if let bins = try files.histogram(path, in: file) { return bins }
      }
      let tried = paths.map { "'\($0)'" }.joined(separator: " or ")
      report("file '\(file)' has no histogram \(tried)", at: element)
    } catch {
      report("\(error)", at: element)
    }
    return nil
  }
}
