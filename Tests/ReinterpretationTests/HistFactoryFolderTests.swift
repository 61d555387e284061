// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import HistFactory
import Reinterpretation
import Testing

@Suite struct HistFactoryFolderTests {
  private func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "reprise-xml-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  private let workspace = Workspace(
    channels: [
      .init(
        name: "SR",
        samples: [
          .init(name: "signal", data: [5, 3], modifiers: [.init(name: "mu", kind: .normfactor)]),
          .init(
            name: "background", data: [50, 64],
            modifiers: [
              .init(name: "jes", kind: .histosys(lo: [48, 60.5], hi: [53, 66])),
              .init(name: "staterror_SR", kind: .staterror([5, 4])),
            ]),
        ])
    ],
    observations: [.init(name: "SR", data: [52, 66])],
    measurements: [
      .init(
        name: "m", poi: "mu",
        parameters: [
          .init(
            name: "lumi", inits: [1], bounds: [0.5...1.5], auxiliaryData: [1], sigmas: [0.1]),
          .init(name: "mu", inits: [1], bounds: [0...10]),
        ])
    ])

  @Test func workspacesComeBackThroughXMLAndROOT() throws {
    let url = try folder()
    defer { try? FileManager.default.removeItem(at: url) }  // what stays behind hurts nobody
    let folder = HistFactoryFolder(path: url.path)
    #expect(try folder.write(workspace).isEmpty)
    let combination = url.appending(path: "FitConfig.xml").path
    let imported = try folder.workspace(combination: combination)
    #expect(imported.workspace == workspace)
    #expect(imported.omissions.isEmpty)
    // From elsewhere, by a mount.
    let text = try String(contentsOf: URL(filePath: combination), encoding: .utf8)
      .replacing("config/", with: "/there/config/")
    let moved = url.appending(path: "moved.xml")
    try Data(text.utf8).write(to: moved)
    let mounted = HistFactoryFolder(path: url.path, mounts: [("/there/", url.path)])
    #expect(try mounted.workspace(combination: moved.path).workspace == workspace)
    let refusal = #expect(throws: InvalidWorkspace.self) {
      try folder.workspace(combination: moved.path)
    }
    #expect(
      refusal?.description.contains("'/there/config/FitConfig_SR.xml") == true
        || refusal?.description.contains("say by a mount where it is") == true)
  }

  @Test func pathsStayInside() throws {
    let url = try folder()
    defer { try? FileManager.default.removeItem(at: url) }  // what stays behind hurts nobody
    let folder = HistFactoryFolder(path: url.path)
    _ = try folder.write(workspace)
    for outside in ["../secret.xml", "/etc/hostname", "config/../../secret.xml"] {
      let text = """
        <Combination><Input>\(outside)</Input><Measurement Name="m" Lumi="1" LumiRelErr="0.1">\
        <POI>mu</POI></Measurement></Combination>
        """
      let file = url.appending(path: "top.xml")
      try Data(text.utf8).write(to: file)
      let refusal = #expect(throws: InvalidWorkspace.self) {
        try folder.workspace(combination: file.path)
      }
      #expect(refusal?.description.contains("lies outside of") == true)
    }
  }

  @Test func channelsNameFiles() throws {
    let url = try folder()
    defer { try? FileManager.default.removeItem(at: url) }  // what stays behind hurts nobody
    let bad = try workspace.renamed(.init(channels: ["SR": "../SR"]))
    #expect(throws: InvalidWorkspace.self) { try HistFactoryFolder(path: url.path).write(bad) }
  }
}
