// SPDX-License-Identifier: Apache-2.0

extension ScanReader {
  /// `parameters:`, one to six in the order of the file.
  func parameters(_ node: SpecificationNode?) -> [ScanParameter] {
    guard let node else { return [] }
    guard let pairs = node.fields else {
      diagnostics.error(
        "must be a mapping, as in {m_sq_gev: {range: [800, 2000]}}, not \(node.nature)", at: node)
      return []
    }
    if pairs.isEmpty { diagnostics.error("a scan has at least one parameter", at: node) }
    if let seventh = pairs.dropFirst(6).first {
      diagnostics.error(
        "a scan has at most 6 parameters, and this is the seventh of \(pairs.count)",
        atKeyOf: seventh.value)
    }
    return pairs.compactMap(parameter)
  }

  private func parameter(_ name: String, _ node: SpecificationNode) -> ScanParameter? {
    guard SpecificationName.identifier.check(key: name, of: node, diagnostics) else { return nil }
    if name == "seed" {
      diagnostics.error(
        "'seed' is the seed of a run; give the parameter another name", atKeyOf: node)
    }
    enum Scale: String, CaseIterable { case linear, log }
    let reader = FieldReader(node, diagnostics)
    let range = reader.node("range", required: true)
    let unit = reader.string("unit")
    let scale = reader.choice("scale", of: Scale.self) ?? .linear
    reader.finish()
    guard let range, let (lower, upper) = limits(range) else { return nil }
    if scale == .log, lower <= 0 {
      diagnostics.error("a logarithmic range begins above 0", at: range)
    }
    return ScanParameter(
      name: name, lower: lower, upper: upper, unit: unit, isLogarithmic: scale == .log)
  }

  private func limits(_ node: SpecificationNode) -> (Double, Double)? {
    guard let elements = node.elements, elements.count == 2 else {
      let what = node.elements.map { "a list of \($0.count)" } ?? node.nature
      diagnostics.error(
        "must be the smallest and the largest value, as in [800, 2000], not \(what)", at: node)
      return nil
    }
    let values = elements.compactMap { $0.double(diagnostics) }
    guard values.count == 2 else { return nil }
    guard values[0] < values[1], (values[1] - values[0]).isFinite else {
      diagnostics.error("the first value must be less than the second", at: node)
      return nil
    }
    return (values[0], values[1])
  }
}
