// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Scheduling
import Workflow

/// A made-up search with a signal family in the plane of two masses, everything in closed form.
///
/// log10 of the number of expected events is 3.4 − m/500 − 0.6 (l/m)² for a mass m and a lighter
/// one l: σ falls with m, the efficiency with l/m. The limit on μ is 3 over it.
struct TestPlane {
  let folder: URL
  let registry: URL

  static func events(_ m: Double, _ l: Double) -> Double {
    pow(10, 3.4 - m / 500 - 0.6 * (l / m) * (l / m))
  }

  init(in folder: URL, limit: String = "") throws {
    self.folder = folder.appendingPathComponent("plane")
    registry = folder.appendingPathComponent("registry")
    try write(
      "analysis.yaml",
      """
      schema: 1
      analysis: plane
      title: A made-up search in a plane
      luminosity_ifb: 100
      signal:
        events: {columns: {x: double}}
        cross_section_pb: required
      steps:
        - id: select
          kind: selection
          inputs: {events: signal.events}
          parameters: {regions: {SR: [{positive: "x > 0"}]}}
        - id: limit
          kind: upper-limit
          inputs: {yields: select.yields, cross_section_pb: signal.cross_section_pb}
          \(limit)
      """)
    try write("signal.yaml", Self.family)
    try write("efficiencies.csv", Self.map)
    try write("cross-sections.csv", Self.crossSections)
  }

  static let family = """
    schema: 1
    signal: pair
    cross_section_pb: {table: cross-sections.csv}
    efficiency_map: {file: efficiencies.csv, replaces: select.yields}
    """

  /// σ = 10^(−m/500)/10 pb with an uncertainty of 20 %.
  static let crossSections =
    "m_gev,cross_section_pb,uncertainty_pb\n"
    + stride(from: 500.0, through: 2000, by: 250).map {
      let sigma = pow(10, -$0 / 500) / 10
      return "\($0),\(sigma),\(0.2 * sigma)\n"
    }.joined()

  /// ε = 10^(−0.6 (l/m)² + 3.4)/10000, as simulated with very many events.
  static let map =
    "m_gev,l_gev,region,variation,entries,efficiency,uncertainty\n"
    + stride(from: 500.0, through: 2000, by: 250).flatMap { m in
      stride(from: 0.0, through: 1000, by: 200).map { l in
        let efficiency = pow(10, 3.4 - 0.6 * (l / m) * (l / m)) / 1e4
        return "\(m),\(l),SR,,1000000,\(efficiency),\(efficiency * 1e-3)\n"
      }
    }.joined()

  /// A scan file. more: further lines.
  func scan(
    _ name: String = "plane-scan", stop: String = "{evaluations: 25}", more: String = "",
    parameters: String = """
    {m_gev: {range: [500, 2000], unit: GeV}, l_gev: {range: [0, 1000], unit: GeV}}
    """
  ) throws -> String {
    try write(
      "\(name).yaml",
      """
      schema: 1
      scan: \(name)
      analysis: plane
      signal: signal.yaml
      parameters: \(parameters)
      constraints: ["l_gev + 50 < m_gev"]
      stop: \(stop)
      seed: 7
      \(more)
      """)
    return folder.appendingPathComponent("\(name).yaml").path
  }

  func write(_ name: String, _ text: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// A product over the registry, the analysis registered.
  func reinterpreter(width: Int = 2, executor: any Executor = LocalExecutor()) throws
    -> Reinterpreter
  {
    let reinterpreter = Reinterpreter(
      registry: registry, catalog: .scanTest, executor: executor, width: width)
    _ = try reinterpreter.register(folder.path)
    return reinterpreter
  }
}
