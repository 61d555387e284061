// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

@Suite struct XMLExportTests {
  /// Everything XML can say comes back as it was.
  @Test func comesBack() throws {
    let (files, _) = try XMLFixture.pyhfs()
    var workspace = try files.imported().workspace
    // What import turns around or adds: the order of modifiers and parameters, a lumi that is fixed.
    workspace.measurements.removeLast()
    let exported = workspace.exportingXML()
    #expect(exported.omissions.isEmpty)
    let again = try XMLFixture(exported).imported()
    #expect(again.omissions.isEmpty)
    let (a, b) = (again.workspace.sorted(), workspace.sorted())
    #expect(a.observations == b.observations)
    #expect(a.measurements == b.measurements)
    #expect(a.channels.count == b.channels.count)
    for (left, right) in zip(a.channels, b.channels) {
      for (left, right) in zip(left.samples, right.samples) {
        #expect(left.data == right.data)
        #expect(left.modifiers.count == right.modifiers.count)
        for (left, right) in zip(left.modifiers, right.modifiers) {
          #expect(left.name == right.name)
          #expect(Self.isClose(left.kind, right.kind), "\(left) \(right)")
        }
      }
    }
  }

  /// Relative uncertainties are multiplied back with a rounding.
  private static func isClose(_ a: Workspace.Modifier.Kind, _ b: Workspace.Modifier.Kind) -> Bool {
    switch (a, b) {
    case (.staterror(let a), .staterror(let b)), (.shapesys(let a), .shapesys(let b)):
      zip(a, b).allSatisfy { $0 == $1 || abs($0 - $1) < 1e-15 * abs($1) || $0 == 0 }
    default: a == b
    }
  }

  @Test func textIsEscaped() throws {
    let workspace = Workspace(
      channels: [
        .init(
          name: "a<b",
          samples: [
            .init(name: "x & \"y\"", data: [1], modifiers: [.init(name: "k>", kind: .normfactor)])
          ])
      ],
      observations: [.init(name: "a<b", data: [2])],
      measurements: [.init(name: "m", poi: "k>", parameters: [])])
    let again = try XMLFixture(workspace.exportingXML()).imported().workspace
    #expect(again.channels == workspace.channels)
    #expect(again.observations == workspace.observations)
    #expect(again.measurements[0].poi == "k>")
  }

  @Test func whatXMLCannotSayIsTold() throws {
    let left = try OperationFixtures.workspace("left")
    #expect(
      left.exportingXML().omissions == [
        "normfactor 'mu' has the values of the first measurement in all of them",
        "staterror 'stat_SR' of channel 'SR' is called 'staterror_SR' when it is read again",
        "staterror 'stat_CR' of channel 'CR' is called 'staterror_CR' when it is read again",
        "measurement 'meas' loses 'inits' of parameter 'stat_CR'",
      ])
  }

  /// pyhf 0.7.6 writes the luminosity's absolute uncertainty into `LumiRelErr`.
  @Test func theLuminosityIsRelative() {
    let workspace = Workspace(
      channels: [
        .init(
          name: "A",
          samples: [.init(name: "s", data: [1], modifiers: [.init(name: "lumi", kind: .lumi)])])
      ],
      observations: [.init(name: "A", data: [2])],
      measurements: [
        .init(
          name: "m", poi: "lumi",
          parameters: [
            .init(name: "lumi", inits: [2], bounds: [1...3], auxiliaryData: [2], sigmas: [0.5])
          ])
      ])
    let combination = workspace.exportingXML().combination
    #expect(combination.contains("Lumi=\"2.0\" LumiRelErr=\"0.25\""))
  }
}
