// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Reinterpretation
import Scheduling
import Steps
import Workflow

/// In place of the real one, a limit in closed form: 3/s for s expected events, expected 3.5/s with a factor 1.4 for each
/// standard deviation. It fails between two numbers of events, if told so.
struct ToyLimitKind: StepKind {
  struct Parameters: Codable, Sendable {
    let failsFrom: Double
    let failsTo: Double
  }
  static let name = "upper-limit"
  static let version = 1
  static let usesLuminosity = true
  static let quantities: Set<Quantity>? = [.upper_limit, .upper_limit_expected, .cls]

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    guard let node else { return Parameters(failsFrom: 0, failsTo: 0) }
    let fields = FieldReader(node, context.diagnostics)
    let from = fields.double("fails_from")
    let to = fields.double("fails_to")
    fields.finish()
    return Parameters(failsFrom: from ?? 0, failsTo: to ?? 0)
  }

  func ports(for parameters: Parameters) -> Ports {
    Ports(
      inputs: [Port("yields", .yields), Port("cross_section_pb", .crossSection)], outputs: [])
  }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    guard let file = context.inputs["yields"]?.artifacts.first,
      let section = context.inputs["cross_section_pb"]?.value
    else { throw TestFailure(description: "an input is missing") }
    let yields = try JSONDecoder().decode(
      SelectionYields.self, from: context.store.data(for: file))
    let crossSection = try JSONDecoder().decode(CrossSection.self, from: section)
    let fraction = yields.regions.reduce(0) { $0 + $1.nominal.sumW } / yields.total.sumW
    let events = crossSection.effective * 1000 * (context.luminosity ?? 0) * fraction
    guard !(parameters.failsFrom..<parameters.failsTo).contains(events) else {
      throw TestFailure(description: "\(events) events make the fit fail")
    }
    return StepOutput(
      results: [
        ResultValue(.upper_limit, value: 3 / events, uncertainty: 0.01 / events),
        ResultValue(.cls, value: exp(-events)),
      ]
        + (-2...2).map {
          ResultValue(
            .upper_limit_expected, sigma: $0, value: 3.5 / events * pow(1.4, Double($0)))
        })
  }
}

extension StepCatalog {
  /// A selection of events, and a limit that costs nothing.
  static var scanTest: StepCatalog {
    StepCatalog(Array(StepCatalog.standard.kinds.values) + [ToyLimitKind()])
  }
}
