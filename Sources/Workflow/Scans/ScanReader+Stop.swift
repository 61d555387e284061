// SPDX-License-Identifier: Apache-2.0

extension ScanReader {
  /// `stop:` with defaults for what is not written.
  func stop() -> ScanStop {
    guard let node = fields.node("stop") else { return ScanStop() }
    let reader = FieldReader(node, diagnostics)
    let standard = ScanStop()
    let misclassified = reader.double("misclassified", in: Self.share)
    let contourShift = reader.double("contour_shift", in: Self.share)
    let patience = reader.int("patience", in: 1...1000)
    let evaluations = reader.int("evaluations", in: 1...Self.pointLimit)
    let wallTime = reader.node("wall_time").flatMap(seconds)
    reader.finish()
    return ScanStop(
      misclassified: misclassified ?? standard.misclassified,
      contourShift: contourShift ?? standard.contourShift,
      patience: patience ?? standard.patience, evaluations: evaluations ?? standard.evaluations,
      wallTime: wallTime)
  }

  /// `30s`, `15min`, `12h` or `2d` in seconds.
  private func seconds(_ node: SpecificationNode) -> Double? {
    let units: [(suffix: String, seconds: Double)] = [
      ("min", 60), ("s", 1), ("h", 3600), ("d", 86_400),
    ]
    guard let text = node.string(diagnostics) else { return nil }
    for unit in units where text.hasSuffix(unit.suffix) {
      let number = SpecificationNode(
        content: .scalar(String(text.dropLast(unit.suffix.count)), isQuoted: false),
        path: node.path, location: node.location)
      let silent = Diagnostics()
      guard let value = number.double(silent, in: Self.positive) else { break }
      let seconds = value * unit.seconds
      if seconds <= 366 * 86_400 { return seconds }
      diagnostics.error("must be at most 366d, not \(text)", at: node)
      return nil
    }
    diagnostics.error(
      "must be a time above 0 with its unit, as in 30s, 15min, 12h or 2d, not \(node.nature)",
      at: node)
    return nil
  }
}
