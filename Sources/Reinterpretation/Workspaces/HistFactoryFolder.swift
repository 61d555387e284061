// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
public import HistFactory

/// A folder of HistFactory XML and ROOT files, read and written as pyhf's `xml2json` and `json2xml`
/// do.
///
/// Paths in the XML are relative to the folder. One that leaves it, or an absolute one, is refused
/// unless a mount says where its files are.
public struct HistFactoryFolder: Sendable {
  /// The folder that paths in the XML are relative to.
  public let path: String
  /// Folders as the XML names them, and where they are here.
  public let mounts: [(inXML: String, here: String)]

  /// A folder with its mounts.
  public init(path: String, mounts: [(inXML: String, here: String)] = []) {
    self.path = path
    self.mounts = mounts
  }

  /// The workspace of a combination's file.
  ///
  /// - Parameter combination: the file's path, here.
  /// - Throws: everything that is wrong with it, with line and column.
  public func workspace(combination: String) throws -> ImportedWorkspace {
    let bytes = Array(try Data(contentsOf: URL(filePath: combination)))
    return try Workspace.importing(xml: bytes, source: combination, files: Files(folder: self))
  }

  /// Writes a workspace: the combination beside `config/` with the channels and `data/data.root`
  /// with the histograms.
  ///
  /// - Parameters:
  ///   - workspace: what is written.
  ///   - prefix: `prefix.xml` is the combination's file, `config/prefix_CHANNEL.xml` a channel's.
  /// - Returns: what XML has no word for and was left out.
  /// - Throws: a channel whose name is no file's name; what the file system refuses.
  public func write(_ workspace: Workspace, prefix: String = "FitConfig") throws -> [String] {
    let exported = workspace.exportingXML(prefix: prefix)
    for name in workspace.channels.map(\.name) where name.contains("/") || name.hasPrefix(".") {
      throw InvalidWorkspace(
        source: path,
        problems: [
          .init(
            source: path, path: "channels",
            message: "channel '\(name)' can't be the name of a file; rename it")
        ])
    }
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    for part in ["config", "data"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: part), withIntermediateDirectories: true)
    }
    for channel in exported.channels {
      try Data(channel.text.utf8).write(
        to: folder.appending(path: channel.path), options: .atomic)
    }
    let histograms = try exported.histograms.map { name, contents in
      let edges = (0...contents.count).map(Double.init)
      return (name: name, histogram: try ROOTHistogram(edges: edges, contents: contents))
    }
    try Data(ROOTHistogramFile.bytes(of: histograms)).write(
      to: folder.appending(path: "data/data.root"), options: .atomic)
    try Data(exported.combination.utf8).write(
      to: folder.appending(path: prefix + ".xml"), options: .atomic)
    return exported.omissions
  }

  /// Where a file that the XML names is.
  func location(of named: String) throws(EventFileError) -> String {
    for mount in mounts {
      let mounted = mount.inXML.hasSuffix("/") ? String(mount.inXML.dropLast()) : mount.inXML
      if named == mounted { return mount.here }
      guard named.hasPrefix(mounted + "/") else { continue }
      return try inside(mount.here, String(named.dropFirst(mounted.count + 1)), named)
    }
    return try inside(path, named, named)
  }

  private func inside(
    _ folder: String, _ relative: String, _ named: String
  ) throws(EventFileError) -> String {
    let root = URL(filePath: folder, directoryHint: .isDirectory).resolvingSymlinksInPath()
    let file = root.appending(path: relative).resolvingSymlinksInPath().standardized
    let base = root.path.hasSuffix("/") ? root.path : root.path + "/"
    guard !relative.hasPrefix("/"), file.path.hasPrefix(base) else {
      throw EventFileError(
        path: named, message: "lies outside of '\(folder)'; say by a mount where it is")
    }
    return file.path
  }
}

/// Files of a folder; ROOT files are opened once.
private final class Files: HistFactoryFiles {
  private let folder: HistFactoryFolder
  private var open: [String: ROOTHistogramFile] = [:]

  init(folder: HistFactoryFolder) { self.folder = folder }

  func text(_ path: String) throws -> [UInt8] {
    let place = try folder.location(of: path)
    guard let data = FileManager.default.contents(atPath: place) else {
      throw EventFileError(path: path, message: "there is no such file in '\(folder.path)'")
    }
    return Array(data)
  }

  func histogram(_ path: String, in file: String) throws -> HistFactoryBins? {
    let place = try folder.location(of: file)
    let opened = try open[place] ?? ROOTHistogramFile(place)
    open[place] = opened
    guard opened.paths.contains(path) else { return nil }
    let histogram = try opened.histogram(path)
    return HistFactoryBins(
      contents: histogram.contents, uncertainties: histogram.uncertainties)
  }
}
