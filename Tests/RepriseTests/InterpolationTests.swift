// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Interpolation codes as options. Numbers: logpdf of pyhf 0.7.6 with `modifier_settings`, and CLs of
/// its test statistics at minima of that logpdf by Nelder-Mead from nine starts, since minuit
/// doesn't converge at the kinks of code0 and code1.
@Suite struct InterpolationTests {
  static let workspace = """
    {"channels": [{"name": "SR", "samples": [
      {"name": "signal", "data": [6.0, 12.0],
       "modifiers": [{"name": "mu", "type": "normfactor", "data": null}]},
      {"name": "background", "data": [50.0, 60.0], "modifiers": [
        {"name": "scale", "type": "normsys", "data": {"lo": 0.8, "hi": 1.3}},
        {"name": "shape", "type": "histosys",
         "data": {"lo_data": [46.0, 57.0], "hi_data": [58.0, 61.0]}}]}]}],
     "observations": [{"name": "SR", "data": [56.0, 70.0]}],
     "measurements": [{"name": "m", "config": {"poi": "mu", "parameters": []}}],
     "version": "1.0.0"}
    """

  struct Reference: Sendable {
    let histosys: String, normsys: String
    let logpdf: Double, observed: Double
    /// −2σ … +2σ.
    let expected: [Double]
  }

  static let references = [
    Reference(
      histosys: "code0", normsys: "code1", logpdf: -8.939589693606216,
      observed: 0.6301921285801747,
      expected: [
        0.16378799550110762, 0.29546281885670894, 0.49909012119954455, 0.7453074180150508,
        0.9283822352453736,
      ]),
    Reference(
      histosys: "code0", normsys: "code4", logpdf: -8.960113030262214,
      observed: 0.6301748971746348,
      expected: [
        0.16211492089731858, 0.2933455225378051, 0.4969088537577492, 0.7437591230521068,
        0.9277965331465438,
      ]),
    Reference(
      histosys: "code2", normsys: "code1", logpdf: -8.955449221707958,
      observed: 0.6270016085982776,
      expected: [
        0.16081119694718987, 0.2916905683395024, 0.49519865302065247, 0.7425414644389895,
        0.9273344904257732,
      ]),
    Reference(
      histosys: "code2", normsys: "code4", logpdf: -8.97630815241319,
      observed: 0.6272589868962208,
      expected: [
        0.15973224042198275, 0.290317538094229, 0.49377626869914504, 0.7415262189377088,
        0.926948298453671,
      ]),
    Reference(
      histosys: "code4p", normsys: "code1", logpdf: -8.947629389372217,
      observed: 0.627051000558644,
      expected: [
        0.16083587729070473, 0.29172193929531753, 0.49523111423877875, 0.7425646074017311,
        0.9273432837070783,
      ]),
    Reference(
      histosys: "code4p", normsys: "code4", logpdf: -8.968335332250653,
      observed: 0.627321893351739,
      expected: [
        0.15976499763505744, 0.2903592689680084, 0.4938195468326144, 0.7415571430076614,
        0.9269600745849809,
      ]),
  ]

  @Test(arguments: references) func agreesWithPyhf(_ reference: Reference) throws {
    let point = #"{"mu": [0.7], "scale": [-0.6], "shape": [0.4]}"#
    try CommandLineTool.use(["ws.json": Self.workspace, "point.json": point]) { tool in
      let codes = [
        "--histosys", reference.histosys, "--normsys", reference.normsys, "--format", "json",
      ]
      let density = try tool.run(
        ["logpdf", "ws.json", "--parameters", "point.json"] + codes
      ).object
      let logpdf = try #require(density["logpdf"] as? Double)
      #expect(abs(logpdf - reference.logpdf) < 1e-10)
      let test = try tool.run(["cls", "ws.json"] + codes).object
      let found =
        [try #require(test["CLs_obs"] as? Double)] + (test["CLs_exp"] as? [Double] ?? [])
      #expect(found.count == 6)
      for (ours, theirs) in zip(found, [reference.observed] + reference.expected) {
        #expect(abs(ours - theirs) < 1e-6)
      }
    }
  }
}
