// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Workflow

/// Reads a preserved file; does not depend on the signal.
struct BackgroundKind: StepKind {
  struct Parameters: Codable, Sendable {}
  static let name = "background"
  static let version = 1

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    Parameters()
  }

  func ports(for parameters: Parameters) -> Ports {
    Ports(inputs: [Port("counts", .file)], outputs: [Port("number", .json)])
  }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    guard let file = context.inputs["counts"]?.artifacts.first else {
      throw TestFailure(description: "no file")
    }
    let number = try JSONDecoder().decode(Double.self, from: context.store.data(for: file))
    context.log("background \(number)")
    let artifact = try context.store.put(
      CanonicalJSON.data(number), mediaType: "application/json")
    return StepOutput(artifacts: ["number": artifact])
  }
}

/// A made-up CLs, exp(−signal/background·sensitivity), of the yields a signal brings.
struct DecisionKind: StepKind {
  struct Parameters: Codable, Sendable { let sensitivity: Double }
  static let name = "decision"
  static let version = 1

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    guard let node else { return Parameters(sensitivity: 1) }
    let fields = FieldReader(node, context.diagnostics)
    let sensitivity = fields.double("sensitivity", required: true)
    fields.finish()
    return sensitivity.map(Parameters.init)
  }

  func ports(for parameters: Parameters) -> Ports {
    Ports(
      inputs: [Port("background", .json), Port("yields", .yields)],
      outputs: [Port("report", .json)])
  }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    guard let file = context.inputs["background"]?.artifacts.first,
      let value = context.inputs["yields"]?.value
    else { throw TestFailure(description: "an input is missing") }
    let background = try JSONDecoder().decode(Double.self, from: context.store.data(for: file))
    let regions = try JSONDecoder().decode(SignalYields.self, from: value).regions
    let total = regions.values.flatMap(\.values).reduce(0, +)
    guard total >= 0 else { throw TestFailure(description: "the yields are negative: \(total)") }
    let yields = regions.sorted { $0.key < $1.key }.flatMap { name, region in
      region.values.enumerated().map { index, value in
        ResultValue(
          .yield, subject: region.values.count == 1 ? name : "\(name)[\(index)]", value: value,
          uncertainty: region.uncertainties?[index])
      }
    }
    let cls = exp(-total / background * parameters.sensitivity)
    return StepOutput(
      artifacts: ["report": try context.store.put(Data("{}".utf8), mediaType: "application/json")],
      results: yields + [ResultValue(.cls, value: cls), ResultValue(.mu_hat, value: 0)])
  }
}

/// What goes wrong in a test's step.
struct TestFailure: Error, CustomStringConvertible { let description: String }

extension StepCatalog {
  /// Two kinds that need neither events nor a likelihood.
  static var test: StepCatalog { StepCatalog([BackgroundKind(), DecisionKind()]) }
}
