// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing

/// Numbers printed in the documentation of pyhf 0.7.6 for its 2-bin example (`pyhf cls`, `pyhf fit`).
@Suite struct WorkspaceReportTests {
  static let twoBins = """
    {"channels": [{"name": "single", "samples": [
      {"name": "signal", "data": [5.0, 10.0],
       "modifiers": [{"name": "mu", "type": "normfactor", "data": null}]},
      {"name": "background", "data": [50.0, 60.0],
       "modifiers": [{"name": "uncorr", "type": "shapesys", "data": [5.0, 12.0]}]}]}],
     "observations": [{"name": "single", "data": [50.0, 60.0]}],
     "measurements": [{"name": "m", "config": {"poi": "mu", "parameters": []}}],
     "version": "1.0.0"}
    """

  private func withSource<Value>(
    _ json: String = twoBins, files: [String: String] = [:],
    _ work: (WorkspaceSource, URL) throws -> Value
  ) throws -> Value {
    try TemporaryFolder.use { folder in
      let file = folder.appendingPathComponent("workspace.json")
      try Data(json.utf8).write(to: file)
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      return try work(WorkspaceSource(path: file.path), folder)
    }
  }

  @Test func clsOfTheDocumentation() throws {
    let expected = [
      0.07807427911686156, 0.17472571775474618, 0.35998495263681285, 0.6343568235898907,
      0.8809947004472013,
    ]
    try withSource { source, _ in
      let test = try source.hypothesisTest()
      #expect(abs(test.observedCLs - 0.3599845631401915) < 1e-5)
      for (ours, theirs) in zip(test.expectedCLs, expected) { #expect(abs(ours - theirs) < 1e-5) }
      #expect(test.expectedCLs == test.expectedCLs.sorted())
    }
  }

  @Test func fitOfTheDocumentation() throws {
    try withSource { source, _ in
      let fit = try source.fit()
      #expect(abs(fit.twiceNLL - 23.19636590468879) < 1e-6)
      #expect(fit.isConverged && fit.edm < 1e-8)
      #expect(fit.parameters.keys.sorted() == ["mu", "uncorr"])
      #expect(fit.parameters["mu"] == [0])  // on its bound, not 2e-21
      #expect(fit.parameters["uncorr"]?.count == 2)
      #expect(fit.uncertainties?.keys.sorted() == ["mu", "uncorr"])
    }
  }

  /// 25.167266297778653 is pyhf's −2·logpdf at the suggested parameters.
  @Test func logDensity() throws {
    try withSource(files: ["p.json": #"{"mu": [1.0], "uncorr": [1.0, 1.0]}"#]) { source, folder in
      let suggested = try source.logDensity()
      #expect(abs(-2 * suggested.logpdf - 25.167266297778653) < 1e-9)
      #expect(abs((suggested.gradient["mu"]?.first ?? 0) + 3.7662337662337677 / 2) < 1e-9)
      let named = try source.logDensity(at: folder.appendingPathComponent("p.json").path)
      #expect(named == suggested)
    }
  }

  @Test(arguments: [
    (#"{"mu": [1.0, 2.0]}"#, "'mu' has 2 values here, and 1 in the model"),
    (#"{"uncor": [1.0, 2.0]}"#, "did you mean 'uncorr'?"),
    (#"{"mu": 1.0}"#, "not a JSON object of parameter names and lists"),
    (#"{"mu": [NaN]}"#, "not a JSON object"), ("[1]", "not a JSON object"), ("", "not a JSON"),
  ])
  func wrongParameters(text: String, sentence: String) throws {
    try withSource(files: ["p.json": text]) { source, folder in
      let failure = #expect(throws: Failure.self) {
        try source.logDensity(at: folder.appendingPathComponent("p.json").path)
      }
      #expect(failure?.kind == .refused)
      #expect(failure?.description.contains(sentence) == true, "\(failure?.description ?? "")")
    }
  }

  /// The statistical modules know of no files, but whoever reads their sentences does.
  @Test func sentencesAboutModelsNameTheFile() throws {
    let withoutSignal = Self.twoBins.replacing(
      #""name": "mu", "type""#, with: #""name": "nu", "type""#)
    try withSource(withoutSignal) { source, _ in
      let failure = #expect(throws: Failure.self) { try source.hypothesisTest() }
      #expect(failure?.kind == .refused)
      #expect(
        failure?.description.hasPrefix("\(source.path): the parameter of interest 'mu'") == true)
    }
    try withSource(Self.twoBins.replacing("[5.0, 10.0]", with: "[0.0, 0.0]")) { source, _ in
      let test = try source.hypothesisTest()
      #expect(test.observedCLs == 1)
      let failure = #expect(throws: Failure.self) { try source.upperLimit() }
      #expect(failure?.kind == .refused)
      #expect(failure?.description.hasPrefix("\(source.path): no signal strength") == true)
    }
  }

  @Test func limitIsWhereCLsIsFivePercent() throws {
    try withSource { source, _ in
      let limit = try source.upperLimit()
      let test = try source.hypothesisTest(mu: limit.observed)
      #expect(abs(test.observedCLs - 0.05) < 1e-5)
      let median = try source.hypothesisTest(mu: limit.expected[2])
      #expect(abs(median.expectedCLs[2] - 0.05) < 1e-5)
      #expect(limit.expected == limit.expected.sorted())
      #expect(try source.upperLimit(confidenceLevel: 0.9).observed < limit.observed)
    }
  }

  @Test func summaryHasPyhfsKeys() throws {
    try withSource { source, _ in
      let data = try JSONEncoder().encode(source.inspect())
      let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(
        object.keys.sorted() == [
          "channels", "measurements", "modifiers", "parameters", "samples", "systematics",
        ])
      #expect(
        object["modifiers"] as? [String: String] == ["mu": "normfactor", "uncorr": "shapesys"])
      #expect(object["samples"] as? [String] == ["background", "signal"])
      let parameters = object["parameters"] as? [[String]]
      #expect(parameters == [["mu", "unconstrained"], ["uncorr", "constrained_by_poisson"]])
    }
  }

  @Test func patchesAreApplied() throws {
    let patch = #"[{"op": "replace", "path": "/channels/0/samples/0/data", "value": [0.5, 1.0]}]"#
    try withSource(files: ["patch.json": patch]) { source, folder in
      var patched = source
      patched.patches = [folder.appendingPathComponent("patch.json").path]
      let ratio = try patched.upperLimit().observed / source.upperLimit().observed
      #expect(abs(ratio - 10) < 1e-3)  // a tenth of the signal, ten times the limit
    }
  }

  @Test func wrongMeasurementAndFileAreRefused() throws {
    try withSource { source, folder in
      var wrong = source
      wrong.measurement = "n"
      let failure = #expect(throws: Failure.self) { try wrong.fit() }
      #expect(failure?.kind == .refused)
      for path in [folder.path, folder.path + "/nothing.json"] {
        let failure = #expect(throws: Failure.self) { try WorkspaceSource(path: path).fit() }
        #expect(failure?.kind == .refused)
      }
    }
  }
}
