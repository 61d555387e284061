// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// HS3 out and in again is the same likelihood; documents of others are read; what a workspace can't
/// say is refused.
@Suite struct HS3Tests {
  @Test(arguments: HS3ShapesysValues.allCases, 0..<40 as Range<UInt64>)
  func comesBack(_ values: HS3ShapesysValues, _ seed: UInt64) throws {
    var generator = ModelGenerator(seed: 5000 + seed)
    var workspace = generator.workspace()
    // A parameter that is fixed, and channels out of order.
    workspace.channels.reverse()
    workspace.measurements[0].parameters.append(.init(name: "mu", inits: [0.5], isFixed: true))
    let options = ModelOptions(
      histosys: ModelOptions.HistosysInterpolation.allCases[Int(seed % 3)],
      normsys: ModelOptions.NormsysInterpolation.allCases[Int(seed % 2)])
    let model = try Model(workspace, options: options)
    let imported = try Workspace.importing(
      hs3: try workspace.hs3Data(options: options, shapesysValues: values))
    #expect(imported.omissions.isEmpty)
    let again = try Model(imported.workspace, options: imported.options)
    #expect(again.parameters.map(\.name) == model.parameters.map(\.name))
    #expect(again.inits == model.inits)
    #expect(again.bounds == model.bounds)
    #expect(again.isFixed == model.isFixed)
    #expect(again.parameterOfInterest == model.parameterOfInterest)
    #expect(again.data.main == model.data.main)
    for wide in [false, true] {
      let point = generator.point(of: model, wide: wide)
      let value = Likelihood(model, data: model.data).negativeLogLikelihood(point)
      let other = Likelihood(again, data: again.data).negativeLogLikelihood(point)
      #expect(value.isNaN == other.isNaN)
      if !value.isNaN { #expect(deviation(other, value, scale: 1) < 1e-10) }
    }
  }

  @Test func everyMeasurementIsAnAnalysis() throws {
    let left = try OperationFixtures.workspace("left")
    let bytes = try left.hs3Data()
    let other = try Workspace.importing(hs3: bytes, analysis: "other").workspace
    #expect(other.measurements.map(\.name) == ["other"])
    let first = try Workspace.importing(hs3: bytes).workspace
    #expect(first.measurements[0].name == "meas")
    #expect(try Model(first).bounds == Model(left, measurement: "meas").bounds)
    let refusal = #expect(throws: InvalidWorkspace.self) {
      try Workspace.importing(hs3: bytes, analysis: "third")
    }
    #expect(
      refusal?.description.hasSuffix("no analysis 'third' (there are: 'meas', 'other')") == true)
  }

  /// The two-bin model of pyhf's documentation as ROOT's and pyhs3's documents have it: Lumi is a
  /// constant factor, names only in `parameters`; twice_nll by pyhf 0.7.6.
  private static func document(_ values: String, staterror: String = "") -> String {
    """
    {"metadata": {"hs3_version": "0.2"},
     "distributions": [{"name": "model_singlechannel", "type": "histfactory_dist",
      "axes": [{"name": "obs", "min": 0, "max": 2, "nbins": 2}],
      "samples": [
       {"name": "background", "data": {"contents": [50, 52], "errors": [7, 7.2]}, "modifiers": [
        {"name": "Lumi", "parameter": "Lumi", "type": "normfactor"}\(staterror),
        {"name": "uncorr_bkguncrt", "type": "shapesys", "constraint": "Poisson",
         "parameters": ["uncorr_bkguncrt_0", "uncorr_bkguncrt_1"], "data": {"vals": \(values)}}]},
       {"name": "signal", "data": {"contents": [12, 11]}, "modifiers": [
        {"name": "mu", "parameter": "mu", "type": "normfactor"}]}]}],
     "data": [{"name": "obsData", "type": "binned", "contents": [51, 48],
      "axes": [{"name": "obs", "min": 0, "max": 2, "nbins": 2}]}],
     "likelihoods": [{"name": "l", "data": ["obsData"], "distributions": ["model_singlechannel"]}],
     "domains": [{"name": "default_domain", "type": "product_domain",
      "axes": [{"name": "mu", "min": 0, "max": 10}]}],
     "analyses": [{"name": "a", "likelihood": "l", "domains": [], "parameters_of_interest": ["mu"]}],
     "parameter_points": [{"name": "default_values", "parameters": [
      {"name": "Lumi", "value": 1, "const": true}, {"name": "mu", "value": 1}]}]}
    """
  }

  @Test(arguments: [
    ("[0.06, 0.1346153846153846]", nil), ("[3, 7]", HS3ShapesysValues.absolute),
  ])
  func readsOthersDocuments(_ values: String, _ reading: HS3ShapesysValues?) throws {
    let imported = try Workspace.importing(
      hs3: Array(Self.document(values).utf8), shapesysValues: reading)
    let model = try Model(imported.workspace)
    #expect(
      model.parameterNames == ["Lumi", "mu", "uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"])
    #expect(model.isFixed == [true, false, false, false])
    #expect(model.parameterOfInterest == 1)
    let twiceNLL = 2 * Likelihood(model, data: model.data).negativeLogLikelihood([1, 1.2, 1, 1])
    #expect(abs(twiceNLL - 32.80619576) < 1e-7)
  }

  @Test func constraintsAreLookedUp() throws {
    let text = Self.document("[0.06, 0.13]")
      .replacing(
        "\"parameter\": \"Lumi\", ",
        with: "\"parameter\": \"Lumi\", \"constraint_name\": \"lumiConstraint\", "
      )
      .replacing(
        "\"distributions\": [{",
        with: """
          "distributions": [{"name": "lumiConstraint", "type": "gaussian_dist", "x": "Lumi", \
          "mean": "nominalLumi", "sigma": 0.05}, {
          """
      )
      .replacing(
        "{\"name\": \"mu\", \"value\": 1}",
        with: "{\"name\": \"mu\", \"value\": 1}, {\"name\": \"nominalLumi\", \"value\": 1.5}")
    let imported = try Workspace.importing(hs3: Array(text.utf8))
    let lumi = try #require(try Model(imported.workspace).parameters.first)
    #expect(lumi.name == "lumi")
    #expect(lumi.constraint == .normal(auxiliary: [1.5], sigmas: [0.05]))
    #expect(lumi.bounds == [1.25...1.75])
  }

  @Test func whatHasNoWordIsToldOrRefused() throws {
    let poisson = Self.document(
      "[0.06, 0.13]",
      staterror: ", {\"type\": \"staterror\", \"constraint\": \"Poisson\", \"name\": \"mcstat\"}")
    let imported = try Workspace.importing(hs3: Array(poisson.utf8))
    #expect(imported.omissions.count == 1)
    #expect(
      imported.workspace.channels[0].samples[0].modifiers[1].name == "staterror_singlechannel")
    func refusal(_ old: String, _ new: String) -> String {
      do throws(InvalidWorkspace) {
        _ = try Workspace.importing(
          hs3: Array(Self.document("[0.06, 0.13]").replacing(old, with: new).utf8))
        return "accepted"
      } catch { return error.problems.map(\.message).joined(separator: "; ") }
    }
    let host = " (sample 'background' of 'singlechannel')"
    #expect(
      refusal("\"shapesys\"", "\"custom\"")
        == "a workspace has no modifier of type 'custom'" + host)
    #expect(refusal("[0.06, 0.13]", "[1]") == "a shapesys needs 2 vals" + host)
    #expect(
      refusal("\"constraint\": \"Poisson\"", "\"constraint\": \"LogNormal\"")
        == "a shapesys can't have the constraint 'LogNormal'" + host)
    #expect(
      refusal("histfactory_dist", "gaussian_dist")
        == "distribution 'model_singlechannel' is a 'gaussian_dist', but a workspace has "
        + "'histfactory_dist' only")
    #expect(
      refusal("\"data\": [\"obsData\"]", "\"data\": [\"x\"]") == "there are no binned data 'x'")
    #expect(
      refusal("\"likelihood\": \"l\"", "\"likelihood\": \"m\"")
        == "there is no likelihood: an HS3 document lists 'likelihoods' of its 'distributions'")
    #expect(
      refusal("[7, 7.2]", "[7]")
        == "sample 'background' of 'singlechannel' has 2 bins and 1 errors")
  }

  /// Damage is a sentence or another workspace, never a crash.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func damage(_ seed: UInt64) throws {
    var random = SeededNumbers(seed)
    var bytes = try OperationFixtures.workspace("left").hs3Data()
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      if Bool.random(using: &random) {
        bytes[place] = UInt8.random(in: 32...126, using: &random)
      } else {
        bytes.remove(at: place)
      }
    }
    do throws(InvalidWorkspace) {
      _ = try Workspace.importing(hs3: bytes)
    } catch { #expect(!error.problems.isEmpty) }
  }
}
