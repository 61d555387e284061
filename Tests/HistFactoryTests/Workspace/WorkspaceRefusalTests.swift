// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// Each case changes one thing of a good workspace and expects one sentence.
@Suite struct WorkspaceRefusalTests {
  static let good = """
    {"channels": [{"name": "SR", "samples": [
      {"name": "signal", "data": [5.0, 10.0], "modifiers": [
        {"name": "mu", "type": "normfactor", "data": null},
        {"name": "stat", "type": "staterror", "data": [0.5, 0.6]}]},
      {"name": "background", "data": [50.0, 60.0], "modifiers": [
        {"name": "shape", "type": "shapesys", "data": [5.0, 12.0]},
        {"name": "tilt", "type": "histosys", "data": {"lo_data": [49.0, 59.0], "hi_data": [51.0, 62.0]}},
        {"name": "norm", "type": "normsys", "data": {"lo": 0.9, "hi": 1.1}},
        {"name": "lumi", "type": "lumi", "data": null}]}]},
     {"name": "CR", "samples": [
      {"name": "background", "data": [100.0], "modifiers": [
        {"name": "free", "type": "shapefactor", "data": null}]}]}],
     "observations": [{"name": "SR", "data": [51.0, 65.0]}, {"name": "CR", "data": [99.0]}],
     "measurements": [{"name": "fit", "config": {"poi": "mu", "parameters": [
       {"name": "lumi", "inits": [1.0], "bounds": [[0.5, 1.5]], "auxdata": [1.0], "sigmas": [0.02]},
       {"name": "mu", "bounds": [[0, 5]], "fixed": false}]}}],
     "version": "1.0.0"}
    """

  private func problems(_ text: String) -> [String] {
    do {
      _ = try Workspace(json: Array(text.utf8), source: "w.json")
      return []
    } catch { return error.problems.map(\.description) }
  }

  @Test func theGoodOneIsAccepted() throws {
    let workspace = try Workspace(json: Array(Self.good.utf8))
    #expect(
      workspace.channels[0].samples[1].modifiers.map(\.kind.name)
        == ["shapesys", "histosys", "normsys", "lumi"])
    #expect(workspace.measurements[0].parameters[0].bounds == [0.5...1.5])
    #expect(workspace.measurements[0].parameters[1].isFixed == false)
  }

  @Test(arguments: [
    (
      "\"normsys\"", "\"normsis\"",
      "w.json:8:30: channels[0].samples[1].modifiers[2].type: modifier 'norm' has the unknown type "
        + "'normsis'; did you mean 'normsys'? The known types are histosys, lumi, normfactor, "
        + "normsys, shapefactor, shapesys, staterror"
    ),
    (
      "[50.0, 60.0]", "[50.0]",
      "w.json:5:34: channels[0].samples[1].data: bins that do not match: sample 'background' has 1, "
        + "but channel 'SR' has 2 by its first sample"
    ),
    (
      "[0.5, 0.6]", "[0.5, 0.6, 1]",
      "w.json:4:51: channels[0].samples[0].modifiers[1].data: bins that do not match: staterror "
        + "'stat' has 3, but sample 'signal' of channel 'SR' has 2"
    ),
    (
      "[0.5, 0.6]", "[0.5, -0.6]",
      "w.json:4:57: channels[0].samples[0].modifiers[1].data[1]: staterror 'stat' has the negative "
        + "uncertainty -0.6; an absolute uncertainty is 0 or more"
    ),
    (
      "[5.0, 12.0]", "[-5.0, 12.0]",
      "w.json:6:52: channels[0].samples[1].modifiers[0].data[0]: shapesys 'shape' has the negative "
        + "uncertainty -5.0; an absolute uncertainty is 0 or more"
    ),
    (
      "[51.0, 62.0]", "[51.0]",
      "w.json:7:87: channels[0].samples[1].modifiers[1].data.hi_data: bins that do not match: "
        + "histosys 'tilt' has 1, but sample 'background' of channel 'SR' has 2"
    ),
    (
      "\"hi\": 1.1", "\"high\": 1.1",
      "w.json:8:69: channels[0].samples[1].modifiers[2].data: the data of a normsys has an unknown "
        + "key 'high'; it may have: lo, hi"
    ),
    (
      "\"poi\"", "\"pio\"",
      "w.json:14:53: measurements[0].config: the config of a measurement has an unknown key 'pio'; "
        + "did you mean 'poi'?"
    ),
    (
      "{\"name\": \"CR\", \"data\": [99.0]}", "{\"name\": \"XR\", \"data\": [99.0]}",
      "w.json:13:18: observations: there is no observation of channel 'CR'; add one with its data"
    ),
    (
      "[99.0]", "[99.0, 1]",
      "w.json:13:80: observations[1].data: bins that do not match: the observation of channel 'CR' "
        + "has 2, but its samples have 1"
    ),
    (
      "[99.0]", "[-99.0]",
      "w.json:13:81: observations[1].data[0]: observed events can't be negative, but this is -99.0"
    ),
    (
      "{\"name\": \"CR\", \"samples\"", "{\"name\": \"SR\", \"samples\"",
      "w.json:10:2: channels[1]: there are two channels called 'SR'; rename one"
    ),
    (
      "{\"name\": \"background\", \"data\": [50.0, 60.0]",
      "{\"name\": \"signal\", \"data\": [50.0, 60.0]",
      "w.json:5:3: channels[0].samples[1]: channel 'SR' has two samples called 'signal'; rename one"
    ),
    (
      "\"name\": \"norm\"", "\"name\": \"mu\"",
      "w.json:8:5: channels[0].samples[1].modifiers[2]: 'mu' is a normsys here but a normfactor on "
        + "sample 'signal' of channel 'SR', and these can't share a parameter; use another name"
    ),
    (
      "\"free\", \"type\": \"shapefactor\", \"data\": null",
      "\"shape\", \"type\": \"shapesys\", \"data\": [1]",
      "w.json:12:5: channels[1].samples[0].modifiers[0]: shapesys 'shape' is already used on sample "
        + "'background' of channel 'SR', and a shapesys can't be shared; rename one"
    ),
    (
      "\"free\", \"type\": \"shapefactor\", \"data\": null",
      "\"stat\", \"type\": \"staterror\", \"data\": [1]",
      "w.json:4:5: channels[0].samples[0].modifiers[1]: staterror 'stat' is on sample 'background' in "
        + "'CR' but on sample 'signal' in 'SR'; use a name for each channel"
    ),
    (
      "{\"name\": \"lumi\", \"type\": \"lumi\"", "{\"name\": \"luminosity\", \"type\": \"lumi\"",
      "w.json:9:5: channels[0].samples[1].modifiers[3]: a modifier of type 'lumi' must be called "
        + "'lumi', but this is 'luminosity'"
    ),
    (
      "{\"name\": \"lumi\", \"type\": \"lumi\", \"data\": null}",
      "{\"name\": \"norm\", \"type\": \"normsys\", \"data\": {\"lo\": 1, \"hi\": 1}}",
      "w.json:9:5: channels[0].samples[1].modifiers[3]: sample 'background' has two modifiers 'norm' "
        + "of type 'normsys'; remove one"
    ),
    (
      "\"inits\": [1.0]", "\"inits\": [1.0, 2.0]",
      "w.json:15:30: measurements[0].config.parameters[0].inits: 'inits' has 2 values, but parameter "
        + "'lumi' has 1"
    ),
    (
      "[[0, 5]]", "[[5, 0]]",
      "w.json:16:30: measurements[0].config.parameters[1].bounds[0]: a bound must be two numbers, "
        + "the lower first, as in [0, 10]"
    ),
    (
      "\"bounds\": [[0, 5]]", "\"auxdata\": [1]",
      "w.json:16:30: measurements[0].config.parameters[1].auxdata: parameter 'mu' is a normfactor and "
        + "has no 'auxdata'; remove it"
    ),
    (
      "\"sigmas\": [0.02]", "\"sigmas\": [0.0]",
      "w.json:15:90: measurements[0].config.parameters[0].sigmas[0]: the width of a constraint must "
        + "be positive, but 'lumi' has 0.0"
    ),
    (
      "\"fixed\": false", "\"fixed\": 0",
      "w.json:16:48: measurements[0].config.parameters[1].fixed: 'fixed' must be true or false, but "
        + "this is a number"
    ),
    (
      "[5.0, 10.0]", "[5.0, \"ten\"]",
      "w.json:2:36: channels[0].samples[0].data[1]: a number must stand here, but this is text"
    ),
    (
      "[5.0, 10.0]", "[]",
      "w.json:2:30: channels[0].samples[0].data: the array is empty; it needs at least one number"
    ),
    (
      "\"1.0.0\"", "\"2.0.0\"",
      "w.json:17:13: version: the version is '2.0.0', but only '1.0.0' of the schema is known"
    ),
    (
      "[5.0, 10.0]", "[5.0, NaN]",
      "w.json:2:36: NaN and Infinity are not JSON; every number must be finite"
    ),
  ]) func refused(_ part: String, _ replacement: String, _ sentence: String) {
    #expect(Self.good.ranges(of: part).isEmpty == false)
    let text = Self.good.replacing(part, with: replacement, maxReplacements: 1)
    #expect(problems(text).contains(sentence), "\(problems(text))")
  }

  @Test func allProblemsAreToldAtOnce() {
    let text = Self.good.replacing("[5.0, 12.0]", with: "[-5.0, 12.0]")
      .replacing("\"normsys\"", with: "\"norm\"").replacing("\"1.0.0\"", with: "1")
    #expect(problems(text).count == 3)
  }

  @Test func manyProblemsAreCounted() {
    let negative = String(repeating: "-1.0, ", count: 500) + "-1.0"
    let text = Self.good.replacing("[99.0]", with: "[\(negative)]")
    #expect(problems(text).count == 101)
    #expect(problems(text).last == "w.json: and 402 more problems of this kind or others")
  }

  /// pyhf 0.7.6 accepts each of these too.
  @Test(arguments: [
    // A background-only workspace: patches bring the parameter of interest.
    ("\"poi\": \"mu\"", "\"poi\": \"mu_SIG\""),
    ("\"poi\": \"mu\"", "\"poi\": \"\""),
    // A configuration of a parameter that no modifier has.
    ("{\"name\": \"mu\", \"bounds\": [[0, 5]]", "{\"name\": \"mu2\", \"bounds\": [[0, 5], [1, 2]]"),
    // Empty bins, with and without uncertainty; a negative yield.
    ("[5.0, 12.0]", "[0, 0.0]"), ("[50.0, 60.0]", "[0.0, -1.0]"),
    // An observation of a channel that was pruned away.
    (
      "{\"name\": \"CR\", \"data\": [99.0]}",
      "{\"name\": \"CR\", \"data\": [99.0]}, {\"name\": \"VR\", \"data\": [1, 2, 3]}"
    ),
    // A normsys and a histosys that share a parameter.
    ("\"name\": \"norm\"", "\"name\": \"tilt\""),
    ("{\"lo\": 0.9, \"hi\": 1.1}", "{\"lo\": 0, \"hi\": 2}"),
  ]) func accepted(_ part: String, _ replacement: String) {
    #expect(Self.good.ranges(of: part).isEmpty == false)
    #expect(problems(Self.good.replacing(part, with: replacement, maxReplacements: 1)) == [])
  }

  @Test func aPatchedProblemIsToldInThePatch() throws {
    let patch = try JSONPatch(
      json: Array(
        """
        [{"op": "add", "path": "/channels/1/samples/-", "value":
          {"name": "signal", "data": [1.0, 2.0], "modifiers": []}}]
        """.utf8), source: "p.json")
    do {
      _ = try Workspace(json: Array(Self.good.utf8), source: "w.json", patches: [patch])
      Issue.record("accepted")
    } catch {
      #expect(
        error.description
          == "p.json:2:30: channels[1].samples[1].data: bins that do not match: sample 'signal' has "
          + "2, but channel 'CR' has 1 by its first sample")
    }
  }
}
