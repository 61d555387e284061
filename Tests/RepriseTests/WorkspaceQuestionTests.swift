// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Questions beyond CLs, on the 2-bin example with an excess; numbers from pyhf 0.7.6 with minuit at
/// a tolerance of 1e-6.
@Suite struct WorkspaceQuestionTests {
  static let excess = WorkspaceCommandTests.twoBins.replacingOccurrences(
    of: "\"data\": [50.0, 60.0]}],\n", with: "\"data\": [60.0, 75.0]}],\n")

  private func ask(_ arguments: String...) throws -> CommandLineTool.Output {
    try ask(arguments)
  }

  private func ask(_ arguments: [String]) throws -> CommandLineTool.Output {
    try CommandLineTool.use(["ws.json": Self.excess]) { tool in
      let output = try tool.run(arguments)
      #expect(output.status == 0, "\(output.standardError)")
      return output
    }
  }

  private func isClose(_ value: Any?, _ expected: Double, _ tolerance: Double) -> Bool {
    (value as? NSNumber).map { abs($0.doubleValue - expected) <= tolerance } ?? false
  }

  /// `hypotest(0, test_stat="q0", return_expected_set=True)`.
  @Test func significance() throws {
    let found = try ask("significance", "ws.json", "--format", "json").object
    #expect(isClose(found["p0_obs"], 0.071332540714726, 1e-5))
    #expect(isClose(found["significance_obs"], 1.4659383557585595, 1e-4))
    let expected = [
      0.002131202390769776, 0.0315802836903576, 0.19542980867236565, 0.5564365038623926,
      0.8732606267060594,
    ]
    let band = found["p0_exp"] as? [Double] ?? []
    #expect(band.count == 5)
    for (ours, theirs) in zip(band, expected) { #expect(abs(ours - theirs) < 1e-4) }
  }

  /// `fixed_poi_fit` at three signal strengths less `fit`.
  @Test func likelihoodScan() throws {
    let scan = try ask(
      "scan-likelihood", "ws.json", "--from", "0", "--to", "2", "--steps", "3", "--format", "json"
    ).object
    #expect(scan["parameter"] as? String == "mu")
    #expect(isClose(scan["best_fit"], 1.69575232, 1e-4))
    let points = scan["points"] as? [[String: Any]] ?? []
    let expected = [2.1489752628841075, 0.36741730751690227, 0.07123451378652135]
    #expect(points.map { $0["value"] as? Double } == [0, 1, 2])
    for (point, value) in zip(points, expected) {
      #expect(isClose(point["delta_twice_nll"], value, 1e-5))
    }
  }

  /// Correlations of `mle.fit(return_correlations=True)`, to minuit's accuracy.
  @Test func correlationsAndIntervals() throws {
    let fit = try ask(
      "fit", "ws.json", "--correlation", "--pulls", "--minos", "mu", "--format", "json"
    ).object
    let correlations = fit["correlations"] as? [String: Any]
    #expect(
      correlations?["parameters"] as? [String]
        == ["mu", "uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"])
    let matrix = correlations?["matrix"] as? [[Double]] ?? []
    #expect(matrix.count == 3)
    #expect(isClose(matrix.first?[1], -0.38315726, 2e-3))
    #expect(isClose(matrix.first?[2], -0.72363305, 2e-3))
    #expect((fit["pulls"] as? [[String: Any]])?.count == 2)
    // The interval and the curvature agree as far as the likelihood is a parabola.
    let interval = (fit["minos"] as? [String: [String: Double]])?["mu"]
    #expect(isClose(interval?["upper"], 1.69575 + 1.1422, 0.15))
    #expect(isClose(interval?["lower"], 1.69575 - 1.1422, 0.15))
  }

  /// The uncertainty is that of a central-difference Hessian of pyhf's logpdf at its best fit;
  /// minuit's own, 1.125, is 1.5 % smaller.
  @Test func ranking() throws {
    let output = try ask("ranking", "ws.json", "--format", "json", "--figure", "r.svg").object
    let rows = output["ranking"] as? [[String: Any]] ?? []
    // The parameter with the stronger correlation moves the signal strength more.
    #expect(
      rows.map { $0["parameter"] as? String } == ["uncorr_bkguncrt[1]", "uncorr_bkguncrt[0]"])
    #expect(isClose(output["uncertainty"], 1.14217665, 1e-4))
  }

  /// `expected_data` at the suggested parameters and at the best fit.
  @Test func yields() throws {
    for (arguments, expected) in [
      (["yields", "ws.json"], [55.0, 70.0]),
      (["yields", "ws.json", "--postfit"], [58.93470435, 75.68395433]),
    ] {
      let output = try ask(arguments + ["--format", "json"])
      let channels = try output.object["channels"] as? [[String: Any]]
      let total = channels?.first?["total"] as? [String: Any]
      let bins = total?["bins"] as? [Double] ?? []
      #expect(bins.count == 2)
      for (ours, theirs) in zip(bins, expected) { #expect(abs(ours - theirs) < 1e-3) }
      #expect(channels?.first?["observed"] as? [Double] == [60, 75])
    }
  }

  /// The saturated model's −2 log L in closed form: 2 Σ (ν − n + n log(n/ν)) and the constraint's.
  @Test func goodnessOfFit() throws {
    let goodness = try ask("goodness-of-fit", "ws.json", "--format", "json").object
    #expect(goodness["ndof"] as? Int == 1)
    let pairs = [
      (60.0, 58.93470435), (75.0, 75.68395433), (100.0, 100 * 1.00911886), (25.0, 25 * 0.97877385),
    ]
    var expected = 0.0
    for (observed, mean) in pairs {
      expected += 2 * (mean - observed + observed * log(observed / mean))
    }
    #expect(isClose(goodness["chi2"], expected, 1e-4))
  }

  /// Against finite differences of the command's own CLs, one yield moved.
  @Test func derivatives() throws {
    let given = try ask("cls", "ws.json", "--derivatives", "--format", "json").object
    let all = given["log_CLs_derivatives"] as? [String: Any]
    let observed = all?["obs"] as? [String: [String: [Double]]]
    let step = 1e-3
    let moved = try [50 + step, 50 - step].map { yield in
      let text = Self.excess.replacingOccurrences(
        of: "\"background\", \"data\": [50.0", with: "\"background\", \"data\": [\(yield)")
      return try CommandLineTool.use(["ws.json": text]) { tool in
        let output = try tool.run("cls", "ws.json", "--format", "json")
        return log(try #require(output.object["CLs_obs"] as? Double))
      }
    }
    let difference = (moved[0] - moved[1]) / (2 * step)
    #expect(
      isClose(observed?["singlechannel"]?["background"]?.first, difference, 1e-4 * abs(difference)))
  }

  @Test func figures() throws {
    try CommandLineTool.use(["ws.json": Self.excess]) { tool in
      for arguments in [
        ["ranking", "ws.json", "--figure"], ["scan-likelihood", "ws.json", "--figure"],
        ["yields", "ws.json", "--figure"], ["fit", "ws.json", "--pull-figure"],
        ["fit", "ws.json", "--correlation-figure"],
      ] {
        let name = arguments[0] + arguments[arguments.count - 1] + ".svg"
        #expect(try tool.run(arguments + [name]).status == 0, "\(arguments)")
        let svg = try String(
          contentsOf: tool.directory.appendingPathComponent(name), encoding: .utf8)
        #expect(svg.contains("<svg") && svg.contains("</svg>"))
        #expect(try tool.run(arguments + ["no/folder.svg"]).status == 64)
      }
    }
  }

  @Test(arguments: [
    ["scan-likelihood", "ws.json", "--parameter", "nu"], ["fit", "ws.json", "--minos", "nu"],
    ["scan-likelihood", "ws.json", "--from", "1"], ["scan-likelihood", "ws.json", "--steps", "1"],
    ["ranking", "ws.json", "--top", "0"], ["significance", "ws.json", "--expected-mu", "nan"],
    ["cls", "ws.json", "--normsys", "code2"],
  ])
  func isRefused(arguments: [String]) throws {
    try CommandLineTool.use(["ws.json": Self.excess]) { tool in
      let output = try tool.run(arguments)
      #expect(output.status == 64 && output.standardOutput.isEmpty)
      #expect(!output.standardError.isEmpty)
    }
  }

  /// A normsys with factors 0.5 and 2 at the parameter's value −0.5: pyhf's code1 gives lo^0.5.
  @Test func interpolationCodes() throws {
    let text = Self.excess.replacingOccurrences(
      of: "\"type\": \"shapesys\", \"data\": [5.0, 12.0]",
      with: "\"type\": \"normsys\", \"data\": {\"lo\": 0.5, \"hi\": 3.0}")
    let point = #"{"mu": [0.0], "uncorr_bkguncrt": [-0.5]}"#
    try CommandLineTool.use(["ws.json": text, "p.json": point]) { tool in
      let values = try ["code1", "code4"].map { code in
        try tool.run(
          "logpdf", "ws.json", "--parameters", "p.json", "--normsys", code, "--format", "json"
        ).object["logpdf"] as? Double
      }
      let factor = 0.5.squareRoot()
      var expected = 0.0
      for (observed, mean) in [(60.0, 50 * factor), (75.0, 60 * factor)] {
        expected += observed * log(mean) - mean - lgamma(observed + 1)
      }
      let constraint = -0.5 * 0.25 - 0.5 * log(2 * Double.pi)
      #expect(isClose(values[0], expected + constraint, 1e-9))
      #expect(try abs(#require(values[1]) - #require(values[0])) > 1e-6)
    }
  }
}
