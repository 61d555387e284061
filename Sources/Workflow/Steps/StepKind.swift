// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// A kind of step: what `kind: NAME` in an analysis stands for.
///
/// It is a pure function of its inputs, its parameters, and the seed and luminosity if it says that
/// it uses them: what it makes is stored under the digest of these and never made twice.
public protocol StepKind: Sendable {
  /// The step's parameters; their canonical JSON is part of the fingerprint. Keep in a list what
  /// has an order, and in a dictionary what has none.
  associatedtype Parameters: Codable & Sendable
  /// kebab-case.
  static var name: String { get }
  /// Bump when outputs change for the same inputs: everything downstream is recomputed.
  static var version: Int { get }
  /// Whether the run's seed matters to the outputs; if so, it goes into the fingerprint.
  static var usesSeed: Bool { get }
  /// Whether the analysis' luminosity matters to the outputs; if so, it must be given and goes into
  /// the fingerprint.
  static var usesLuminosity: Bool { get }
  /// What its results can be; nil when that is for the author of the step to say.
  static var quantities: Set<Quantity>? { get }

  /// Typed parameters, or nil after reporting what is wrong.
  ///
  /// - Parameters:
  ///   - node: the step's `parameters`; nil when it has none.
  ///   - context: what the parameters are checked against, and where problems are reported.
  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters?
  /// The inputs and outputs of a step with these parameters.
  func ports(for parameters: Parameters) -> Ports
  /// Does the work.
  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput
}

extension StepKind {
  /// No seed.
  public static var usesSeed: Bool { false }
  /// No luminosity.
  public static var usesLuminosity: Bool { false }
  /// Anything.
  public static var quantities: Set<Quantity>? { nil }
}

/// What a kind may look at while its parameters are checked.
public struct ParameterContext {
  /// What a signal brings.
  public let signal: SignalDeclaration
  /// fb⁻¹; nil when the analysis gives none.
  public let luminosity: Double?
  /// Where problems go.
  public let diagnostics: Diagnostics
  /// The step's whole mapping, for fields beside `parameters`.
  public let step: SpecificationNode
  /// Whether the step makes a signal's events, in front of the analysis.
  public let isGenerator: Bool

  /// A context from its parts.
  public init(
    signal: SignalDeclaration, luminosity: Double?, diagnostics: Diagnostics,
    step: SpecificationNode, isGenerator: Bool = false
  ) {
    self.isGenerator = isGenerator
    self.signal = signal
    self.luminosity = luminosity
    self.diagnostics = diagnostics
    self.step = step
  }
}
