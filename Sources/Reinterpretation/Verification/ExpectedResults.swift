// SPDX-License-Identifier: Apache-2.0
package import Workflow

/// The numbers a preserved analysis must reproduce for one of its validation signals
/// (`expected/*.yaml`), each with its tolerance and where it comes from.
package struct ExpectedResults: Sendable, Hashable {
  let file: String
  /// Name of the validation signal.
  package let signal: String
  /// Where the numbers come from.
  package let source: String
  /// The expected results, at least one.
  package let values: [ExpectedValue]

  /// Reads a file, every problem in it at once.
  package init(yaml: String, file: String) throws {
    let diagnostics = Diagnostics()
    let fields = FieldReader(try SpecificationNode.parse(yaml, file: file), diagnostics)
    _ = fields.int("schema", required: true, in: 1...1)
    let signal = fields.string("signal", required: true)
    let source = fields.string("source", required: true)
    let values = Self.values(fields.node("results", required: true), diagnostics)
    fields.finish()
    guard let signal, let source, !diagnostics.hasErrors else {
      throw InvalidSpecification(diagnostics.all)
    }
    self.file = file
    self.signal = signal
    self.source = source
    self.values = values
  }

  private static func values(
    _ node: SpecificationNode?, _ diagnostics: Diagnostics
  ) -> [ExpectedValue] {
    guard let node else { return [] }
    guard case .sequence(let items) = node.content, !items.isEmpty else {
      diagnostics.error("this must be a list of at least one expected result", at: node)
      return []
    }
    return items.compactMap { ExpectedValue($0, diagnostics) }
  }
}

/// One expected result row.
package struct ExpectedValue: Sendable, Hashable {
  /// How far a value may be from the expected one.
  package enum Tolerance: Sendable, Hashable {
    /// |value − expected| ≤ t·|expected|
    case relative(Double)
    /// |value − expected| ≤ t
    case absolute(Double)
  }

  /// The step that makes it.
  package let step: String
  /// What it is.
  package let quantity: Quantity
  /// Region, cut, channel or bin; nil for the whole step.
  package let subject: String?
  /// −2…+2 in a band.
  package let sigma: Int?
  /// The expected value.
  package let value: Double
  /// How far the value may be from it.
  package let tolerance: Tolerance
  /// Where this number comes from, when not where the file's do.
  package let source: String?

  init?(_ node: SpecificationNode, _ diagnostics: Diagnostics) {
    let fields = FieldReader(node, diagnostics)
    let step = fields.string("step", required: true)
    let quantity = fields.choice("quantity", of: Quantity.self, required: true)
    subject = fields.string("subject")
    sigma = fields.int("sigma", in: -2...2)
    let value = fields.double("value", required: true)
    let tolerance = Self.tolerance(fields.node("tolerance", required: true), diagnostics)
    source = fields.string("source")
    fields.finish()
    guard let step, let quantity, let value, let tolerance else { return nil }
    self.step = step
    self.quantity = quantity
    self.value = value
    self.tolerance = tolerance
  }

  private static func tolerance(
    _ node: SpecificationNode?, _ diagnostics: Diagnostics
  ) -> Tolerance? {
    guard let node else { return nil }
    let fields = FieldReader(node, diagnostics)
    let allowed = 0...Double.greatestFiniteMagnitude
    let relative = fields.double("relative", in: allowed)
    let absolute = fields.double("absolute", in: allowed)
    fields.finish()
    switch (relative, absolute) {
    case (let bound?, nil): return .relative(bound)
    case (nil, let bound?): return .absolute(bound)
    default:
      diagnostics.error("a tolerance is either {relative: …} or {absolute: …}", at: node)
      return nil
    }
  }

  /// Whether a value is within the tolerance; never for a value that isn't finite.
  package func accepts(_ measured: Double) -> Bool {
    switch tolerance {
    case .relative(let bound): abs(measured - value) <= bound * abs(value)
    case .absolute(let bound): abs(measured - value) <= bound
    }
  }
}
