// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The real workspaces that lie beside the checkout.
enum WorkspaceFiles {
  static let absence: Comment =
    "the shared data folder isn't beside the checkout (REPRISE_SHARED names it)"

  /// Present, or demanded because this is CI.
  static var areExpected: Bool {
    ProcessInfo.processInfo.environment["CI"] != nil
      || FileManager.default.fileExists(atPath: folder.path)
  }

  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_SHARED"] {
      return URL(filePath: path).appending(path: "data/workspaces")
    }
    var root = URL(filePath: #filePath).deletingLastPathComponent()
    while root.lastPathComponent != "Tests", root.path != "/" { root.deleteLastPathComponent() }
    return root.appending(path: "../../shared/data/workspaces").standardizedFileURL
  }()

  /// All workspaces: what is in the folder besides the oracle.
  static let names = [
    "1Lbb_full_700_400", "1Lbb_simpl_700_400", "2018-05_ewk", "2018-16_ewkinos",
    "2019-09_offshell", "c2p_multibin_bbl", "c2p_multibin_histosys", "cms_ttg_2l", "docs_2bin",
    "gen_alltypes", "gen_coupledhisto", "gen_shapefactor", "patchset_example_bkg",
    "sbottomA_1000_131", "sbottomA_1300_205", "sbottomC_1200_450", "smo_2019-09_onshell_simpl",
    "staus_highMass", "ttZ_3l", "ttbar_ljets_xsec", "xmlimport_bkg",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name + ".json")))
  }
}
