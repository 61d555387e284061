// SPDX-License-Identifier: Apache-2.0
import Events
import Workflow

/// Reads the parameters of a selection and compiles them once, so that a mistake in an expression
/// is told with its line and column.
final class SelectionReader {
  private let node: SpecificationNode
  let diagnostics: Diagnostics
  private let columns: [ColumnDeclaration]
  /// Node of each path a `SelectionProblem` may name.
  var nodes: [String: SpecificationNode] = [:]

  init(_ node: SpecificationNode, _ diagnostics: Diagnostics, columns: [ColumnDeclaration]) {
    self.node = node
    self.diagnostics = diagnostics
    self.columns = columns
  }

  /// The parameters; nil after reporting.
  func parameters() -> SelectionKind.Parameters? {
    let before = diagnostics.all.count
    let reader = FieldReader(node, diagnostics)
    var selection = SelectionSpecification()
    selection.weight = reader.node("weight").flatMap { expression($0, "weight") }
    selection.objects = (reader.fields("objects") ?? []).compactMap(object)
    selection.variables = (reader.fields("variables") ?? []).compactMap { name, node in
      expression(node, "variables.\(name)").map { .init(name: name, expression: $0) }
    }
    selection.regions = (reader.fields("regions", required: true) ?? []).compactMap(region)
    for (name, node) in reader.fields("variations") ?? [] {
      readVariation(name, node, into: &selection)
    }
    selection.histograms = (reader.fields("histograms") ?? []).compactMap(histogram)
    let tables = (reader.fields("tables") ?? []).compactMap(table)
    selection.tables = tables.map {
      .init(name: $0.name, dimensions: $0.axes.count, outside: $0.outside)
    }
    if let seed = reader.int("seed", in: 0...Int.max) { selection.seed = UInt64(seed) }
    reader.finish()
    checkWeight(selection)
    checkChannels(selection)
    if selection.regions.isEmpty, let regions = node.fields?.first(where: { $0.key == "regions" }) {
      diagnostics.error("a selection needs at least one region", at: regions.value)
    }
    guard diagnostics.all.count == before else { return nil }
    do throws(InvalidSelection) {
      _ = try SelectionProgram(selection, columns: columns)
      return SelectionKind.Parameters(
        selection: selection, columns: columns, tables: tables.isEmpty ? nil : tables)
    } catch {
      error.problems.forEach(report)
      return nil
    }
  }

  /// A column called `weight` that nobody uses is more likely forgotten than meant.
  private func checkWeight(_ selection: SelectionSpecification) {
    guard selection.weight == nil,
      columns.contains(where: { $0.name == "weight" && $0.collection == nil })
    else { return }
    diagnostics.error(
      "the events have a column 'weight', but the selection doesn't say whether it is the events' "
        + "weight: write 'weight: weight', or 'weight: \"1\"' to count events", at: node)
  }

  /// Two reported regions can't both be the signal of one channel.
  ///
  /// A histogram with a channel fills it in place of its region.
  private func checkChannels(_ selection: SelectionSpecification) {
    let filled = selection.histograms.filter { $0.channel != nil }
    var owners: [String: String] = [:]
    func claim(_ channel: String, _ owner: String, path: String) {
      if let other = owners[channel] {
        diagnostics.error(
          "\(other) fills channel '\(channel)' already: name another 'channel', or leave "
            + "one of them out with 'report: false'", at: nodes[path] ?? node)
      } else {
        owners[channel] = owner
      }
    }
    for region in selection.regions where region.isReported {
      if filled.contains(where: { $0.region == region.name }) { continue }
      claim(
        region.channel ?? region.name, "region '\(region.name)'", path: "regions.\(region.name)")
    }
    for histogram in filled {
      claim(
        histogram.channel ?? "", "histogram '\(histogram.name)'",
        path: "histograms.\(histogram.name)")
    }
  }

  func expression(_ node: SpecificationNode, _ path: String) -> String? {
    nodes[path] = node
    return node.string(diagnostics)
  }

  private func object(_ name: String, _ node: SpecificationNode) -> SelectionSpecification.Object? {
    let path = "objects.\(name)"
    nodes[path] = node
    let reader = FieldReader(node, diagnostics)
    let from = reader.node("from", required: true).flatMap { expression($0, path + ".from") }
    let filter = reader.node("where").flatMap { expression($0, path + ".where") }
    let sort = reader.node("sort").flatMap { expression($0, path + ".sort") }
    let fields = reader.strings("fields")
    let computed = reader.fields("compute")?.compactMap { name, node in
      expression(node, "\(path).computed.\(name)").map {
        SelectionSpecification.Shift.Replacement(name: name, expression: $0)
      }
    }
    for (index, element) in (reader.elements("fields") ?? []).enumerated() {
      nodes["\(path).fields[\(index)]"] = element
    }
    reader.finish()
    return from.map {
      .init(
        name: name, from: $0, fields: fields, filter: filter, sort: sort, computed: computed)
    }
  }

  /// A region is a list of cuts, or a mapping with the cuts in it.
  private func region(_ name: String, _ node: SpecificationNode) -> SelectionSpecification.Region? {
    let path = "regions.\(name)"
    nodes[path] = node
    if let elements = node.elements {
      return .init(name: name, cuts: cuts(elements, path))
    }
    guard node.fields != nil else {
      diagnostics.error(
        "a region must be a list of cuts, or a mapping with 'cuts', not \(node.nature)", at: node)
      return nil
    }
    let reader = FieldReader(node, diagnostics)
    let from = reader.node("from").flatMap { expression($0, path + ".from") }
    let channel = reader.string("channel")
    let isReported = reader.bool("report") ?? true
    let weight = reader.node("weight").flatMap { expression($0, path + ".weight") }
    let elements = reader.elements("cuts", required: from == nil) ?? []
    reader.finish()
    return .init(
      name: name, from: from, channel: channel, isReported: isReported,
      cuts: cuts(elements, path), weight: weight)
  }

  /// Each cut is a mapping of one name to an expression.
  private func cuts(_ elements: [SpecificationNode], _ path: String) -> [SelectionSpecification.Cut]
  {
    elements.enumerated().compactMap { index, element in
      guard let fields = element.fields, fields.count == 1, let field = fields.first else {
        diagnostics.error(
          "a cut must be one name and its expression, as in {met: \"MET_pt > 200\"}, "
            + "not \(element.nature)", at: element)
        return nil
      }
      return expression(field.value, "\(path).cuts[\(index)]").map {
        .init(name: field.key, expression: $0)
      }
    }
  }

  // MARK: Problems of expressions

  private func report(_ problem: SelectionProblem) {
    guard let node = node(at: problem.path) else {
      diagnostics.error("\(problem.path): \(problem.message)", at: self.node)
      return
    }
    diagnostics.report(
      Diagnostic(
        path: node.path, location: place(of: problem.offset, in: node), message: problem.message))
  }

  /// The node of a problem's path, or the nearest one above it.
  private func node(at path: String) -> SpecificationNode? {
    var path = path[...]
    while !path.isEmpty {
      if let node = nodes[String(path)] { return node }
      guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
      path = path[..<end]
    }
    return node.fields?.first { $0.key == path }?.value
  }

  /// Where a character of an expression stands in the file; the expression's start when it is
  /// written over several lines or with escapes.
  private func place(of offset: Int?, in node: SpecificationNode) -> SourceLocation {
    guard let offset, case .scalar(let text, let isQuoted) = node.content,
      !text.contains(where: { $0.isNewline || $0 == "\\" || $0 == "\"" || $0 == "'" })
    else { return node.location }
    let start = node.location
    return SourceLocation(
      file: start.file, line: start.line, column: start.column + offset + (isQuoted ? 1 : 0))
  }
}
