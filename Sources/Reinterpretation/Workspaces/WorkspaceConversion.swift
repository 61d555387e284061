// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// HistFactory XML with ROOT histograms on one side, a workspace's JSON on the other.
public enum WorkspaceConversion {
  /// The workspace of a combination's file, as pyhf's `xml2json` makes it.
  ///
  /// - Parameters:
  ///   - combination: path of the top-level XML file.
  ///   - folder: what paths in the XML are relative to; nil takes the current folder, as pyhf does.
  ///   - mounts: folders here and as the XML names them, `HERE:IN_XML`.
  public static func workspace(
    ofXML combination: String, folder: String? = nil, mounts: [String] = []
  ) throws(Failure) -> WorkspaceText {
    try classified {
      _ = try InputFile.bytes(of: combination, limit: InputFile.largestDocument)
      let pairs = try mounts.map { text in
        guard let colon = text.lastIndex(of: ":"), colon != text.startIndex else {
          throw Failure.refused(
            "'\(text)' is no mount; write the folder here and the one in the XML, HERE:IN_XML.")
        }
        return (inXML: String(text[text.index(after: colon)...]), here: String(text[..<colon]))
      }
      let files = HistFactoryFolder(
        path: folder ?? FileManager.default.currentDirectoryPath, mounts: pairs)
      let imported = try files.workspace(combination: combination)
      return WorkspaceText(
        imported.workspace, omissions: imported.omissions.map(\.description))
    }
  }
}

extension WorkspaceSource {
  /// Writes HistFactory XML and ROOT files into a folder, as pyhf's `json2xml` does.
  ///
  /// - Returns: sentences on what XML has no word for.
  public func writeXML(to folder: String, prefix: String = "FitConfig") throws(Failure)
    -> [String]
  {
    guard !prefix.isEmpty, !prefix.contains("/"), !prefix.hasPrefix(".") else {
      throw Failure.refused("'\(prefix)' can't be the beginning of a file's name; choose another.")
    }
    return try classified {
      try HistFactoryFolder(path: folder).write(workspace(), prefix: prefix)
    }
  }
}
