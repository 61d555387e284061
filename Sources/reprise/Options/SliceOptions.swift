// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// Which part of a scan of many parameters is meant.
struct SliceOptions: ParsableArguments {
  @Option(
    name: .customLong("slice"),
    help: ArgumentHelp(
      "Hold parameters at values, as in m_lsp_gev=300.", valueName: "point"),
    transform: PointArgument.values)
  var fixed: [[String: Double]] = []

  @Option(
    help: ArgumentHelp(
      "At each point take the most excluded value of this parameter.", valueName: "parameter"))
  var profile: [String] = []

  @Option(
    name: .customLong("axis"),
    help: ArgumentHelp(
      "A parameter to draw along; the first is the horizontal axis.", valueName: "parameter"))
  var axes: [String] = []

  func validate() throws {
    for (number, point) in fixed.enumerated() {
      for name in point.keys where fixed[..<number].contains(where: { $0[name] != nil }) {
        throw ValidationError("'\(name)' is held at two values by --slice.")
      }
    }
    for name in profile where fixed.contains(where: { $0[name] != nil }) {
      throw ValidationError("'\(name)' is held at a value and profiled: choose one.")
    }
    for name in axes where profile.contains(name) || fixed.contains(where: { $0[name] != nil }) {
      throw ValidationError("'\(name)' is an axis, so it can be neither held nor profiled.")
    }
    if axes.count > 2 { throw ValidationError("A figure has at most two axes.") }
  }

  var value: ScanSlice {
    ScanSlice(
      axes: axes, fixed: fixed.reduce(into: [:]) { $0.merge($1) { first, _ in first } },
      profiled: profile)
  }
}
