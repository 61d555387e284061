// SPDX-License-Identifier: Apache-2.0

extension CrossSection {
  /// Reads what `cross_section_pb` of a signal may be from the text of a file of its own, in YAML
  /// or JSON: a number of picobarns, or a mapping of `value` and its factors.
  ///
  /// - Throws: everything that is wrong, at once.
  public init(yaml: String, file: String) throws(InvalidSpecification) {
    let root = try SpecificationNode.parse(yaml, file: file)
    let diagnostics = Diagnostics()
    let read = CrossSection(root, diagnostics)
    try diagnostics.throwIfInvalid()
    guard let read else { throw InvalidSpecification("no cross section", at: root.location) }
    self = read
  }

  /// A number of picobarns, or a mapping that gives each factor on its own; nil after reporting.
  init?(_ node: SpecificationNode, _ diagnostics: Diagnostics) {
    let positive = ScanReader.positive
    guard node.fields != nil else {
      guard let value = node.double(diagnostics, in: positive) else { return nil }
      self.init(picobarns: value)
      return
    }
    let reader = FieldReader(node, diagnostics)
    let value = reader.double("value", required: true, in: positive)
    let uncertainty = reader.double("uncertainty", in: 0 ... .greatestFiniteMagnitude)
    let factors = CrossSectionFactors(reader)
    reader.finish()
    guard let value else { return nil }
    self.init(
      picobarns: value, uncertainty: uncertainty, kFactor: factors.kFactor,
      branchingRatio: factors.branchingRatio, filterEfficiency: factors.filterEfficiency)
    if !effective.isFinite || effective <= 0 {
      diagnostics.error("the product of value and factors is \(effective)", at: node)
      return nil
    }
  }
}
