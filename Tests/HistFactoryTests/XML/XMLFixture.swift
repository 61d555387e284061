// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// XML files and histograms in memory.
struct XMLFixture: HistFactoryFiles {
  struct NoSuchFile: Error, CustomStringConvertible {
    let path: String
    var description: String { "there is no file '\(path)'" }
  }

  var texts: [String: String] = [:]
  var histograms: [String: [String: HistFactoryBins]] = [:]

  func text(_ path: String) throws -> [UInt8] {
    guard let text = texts[Self.plain(path)] else { throw NoSuchFile(path: path) }
    return Array(text.utf8)
  }

  func histogram(_ path: String, in file: String) throws -> HistFactoryBins? {
    guard let histograms = histograms[Self.plain(file)] else { throw NoSuchFile(path: file) }
    return histograms[path]
  }

  private static func plain(_ path: String) -> String {
    path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// Imports what is at "top.xml".
  func imported() throws(InvalidWorkspace) -> ImportedWorkspace {
    try Workspace.importing(
      xml: Array((texts["top.xml"] ?? "").utf8), source: "top.xml", files: self)
  }

  /// What an export wrote.
  init(_ exported: ExportedWorkspace) {
    texts["top.xml"] = exported.combination
    for channel in exported.channels { texts[channel.path] = channel.text }
    histograms["data/data.root"] = Dictionary(
      uniqueKeysWithValues: exported.histograms.map {
        ($0.name, HistFactoryBins(contents: $0.contents, uncertainties: []))
      })
  }

  /// The files of `Fixtures/make_xml.py` with the workspace pyhf 0.7.6 makes of them.
  static func pyhfs() throws -> (files: XMLFixture, workspace: JSONNode) {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/xml.json")
    let root = try JSONParser.parse(
      JSONText(Array(try Data(contentsOf: file)), source: file.path))
    var fixture = XMLFixture()
    for member in root["texts"]?.members ?? [] {
      fixture.texts[member.key] = member.value.string
    }
    for file in root["histograms"]?.members ?? [] {
      for histogram in file.value.members ?? [] {
        fixture.histograms[file.key, default: [:]][histogram.key] = HistFactoryBins(
          contents: try #require(histogram.value["contents"]?.doubles),
          uncertainties: try #require(histogram.value["uncertainties"]?.doubles))
      }
    }
    return (fixture, try #require(root["workspace"]))
  }

  private init() {}

  static let none = XMLFixture()
}
