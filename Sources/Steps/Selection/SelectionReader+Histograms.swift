// SPDX-License-Identifier: Apache-2.0
import Events
import Histograms
import Workflow

extension SelectionReader {
  /// `{region, value, bins | edges, underflow, overflow, channel}`, or with `x` and `y` in place of
  /// what belongs to one axis.
  func histogram(_ name: String, _ node: SpecificationNode) -> SelectionSpecification.Histogram? {
    let path = "histograms.\(name)"
    nodes[path] = node
    let reader = FieldReader(node, diagnostics)
    let region = reader.node("region", required: true).flatMap { expression($0, path + ".region") }
    let channel = reader.string("channel")
    let (x, y) = (reader.node("x"), reader.node("y"))
    var axes: [SelectionSpecification.HistogramAxis?]
    if let x, let y {
      axes = [x, y].enumerated().map { position, node in
        let path = "\(path).axes[\(position)]"
        nodes[path] = node
        let inner = FieldReader(node, diagnostics)
        let axis = axis(inner, path, isOfChannel: channel != nil)
        inner.finish()
        return axis
      }
    } else {
      if let one = x ?? y {
        diagnostics.error(
          "a histogram of two quantities has 'x' and 'y', one of one has 'value' and its bins",
          at: one)
      }
      nodes[path + ".axes[0]"] = node
      axes = [axis(reader, path + ".axes[0]", isOfChannel: channel != nil)]
    }
    reader.finish()
    let read = axes.compactMap(\.self)
    guard let region, read.count == axes.count else { return nil }
    return .init(name: name, region: region, channel: channel, axes: read)
  }

  private func axis(_ reader: FieldReader, _ path: String, isOfChannel: Bool)
    -> SelectionSpecification.HistogramAxis?
  {
    let value = reader.node("value", required: true).flatMap { expression($0, path + ".value") }
    let underflow = reader.choice("underflow", of: FlowPolicy.self, required: isOfChannel)
    let overflow = reader.choice("overflow", of: FlowPolicy.self, required: isOfChannel)
    guard let binning = binning(reader, path), let value else { return nil }
    let isStated = underflow != nil || overflow != nil
    let flow = FlowPolicies(underflow: underflow ?? .drop, overflow: overflow ?? .drop)
    return .init(value: value, binning: binning, flow: isStated ? flow : nil)
  }

  private func binning(_ reader: FieldReader, _ path: String) -> SelectionSpecification.Binning? {
    let (bins, edges) = (reader.node("bins"), reader.node("edges"))
    nodes[path + ".bins"] = bins ?? edges ?? reader.node
    if let edges, bins == nil {
      _ = edges
      return reader.doubles("edges").map { .edges($0) }
    }
    guard let bins, edges == nil else {
      diagnostics.error(
        "an axis has 'bins: [NUMBER, LOWER, UPPER]' or 'edges: […]', one of them", at: reader.node)
      return nil
    }
    guard let numbers = reader.doubles("bins") else { return nil }
    guard numbers.count == 3, let count = Int(exactly: numbers[0]) else {
      diagnostics.error(
        "'bins' is the number of bins, the lower and the upper end, as in [20, 0, 1000]", at: bins)
      return nil
    }
    return .uniform(count: count, lower: numbers[1], upper: numbers[2])
  }
}
