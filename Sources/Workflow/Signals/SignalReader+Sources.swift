// SPDX-License-Identifier: Apache-2.0

extension SignalReader {
  /// `events:` of a signal.
  func events(_ node: SpecificationNode) -> DraftSignal.Input? {
    let reader = FieldReader(node, diagnostics)
    let filesNode = reader.node("files", required: true)
    let files = (reader.elements("files") ?? []).map(path)
    let descriptor = descriptor(reader)
    reader.finish()
    if let filesNode, let elements = filesNode.elements, elements.isEmpty {
      diagnostics.error("a signal has at least one event file", at: filesNode)
    }
    for (index, path) in files.enumerated() where path != nil && files[..<index].contains(path) {
      filesNode?.elements.map {
        diagnostics.error("the same file again; its events would count twice", at: $0[index])
      }
    }
    guard let descriptor, !files.contains(nil) else { return nil }
    return value(of: descriptor, files: files.compactMap(\.self), at: node)
  }

  /// How events are read, without their files; nil after reporting.
  func descriptor(_ reader: FieldReader) -> EventsDescriptor? {
    let format = SpecificationName.kebabCase.read(
      reader.node("format", required: true), diagnostics)
    let tree = reader.string("tree")
    let renames = renames(reader.fields("columns") ?? [])
    let sumOfWeights = reader.node("sum_of_weights").map(sumOfWeights)
    let entries = reader.int("entries", in: 1...Int.max)
    return format.map {
      EventsDescriptor(
        format: $0, tree: tree, renames: renames, sumOfWeights: sumOfWeights, entries: entries)
    }
  }

  /// Declared column or counter → the file's name.
  private func renames(_ fields: [(key: String, value: SpecificationNode)]) -> [String: String] {
    let columns = declaration.events ?? []
    let counters = Set(columns.compactMap(\.collection)).map { "n\($0)" }
    let names = columns.map(\.name) + counters
    var renames: [String: String] = [:]
    for (column, node) in fields {
      if !names.contains(column) {
        let hint = Suggestion.hint(for: column, among: names.sorted(), known: "it declares")
        diagnostics.error(
          "the analysis declares no column '\(column)'\(hint)", atKeyOf: node)
      }
      renames[column] = node.string(diagnostics)
    }
    return renames
  }

  private func sumOfWeights(_ node: SpecificationNode) -> [String: Double] {
    guard let fields = node.fields else {
      diagnostics.error(
        "must be a mapping of weight columns to sums, as in {weight: 2000}, not \(node.nature)",
        at: node)
      return [:]
    }
    let weights = (declaration.events ?? []).filter { $0.collection == nil }.map(\.name)
    var sums: [String: Double] = [:]
    for (column, node) in fields {
      if !weights.contains(column) {
        let hint = Suggestion.hint(for: column, among: weights, known: "it declares")
        diagnostics.error("the analysis declares no column '\(column)'\(hint)", atKeyOf: node)
      }
      sums[column] = node.double(
        diagnostics, in: .leastNonzeroMagnitude ... .greatestFiniteMagnitude)
    }
    return sums
  }

  /// `yields:` of a signal: every declared region with its number of bins.
  func yields(_ node: SpecificationNode) -> DraftSignal.Input? {
    guard let fields = node.fields else {
      diagnostics.error("must be a mapping of regions to lists, not \(node.nature)", at: node)
      return nil
    }
    let declared = declaration.yields ?? [:]
    var regions: [String: SignalYields.Region] = [:]
    for (name, node) in fields {
      guard let bins = declared[name] else {
        let hint = Suggestion.hint(for: name, among: declared.keys.sorted(), known: "it has")
        diagnostics.error("the analysis has no region '\(name)'\(hint)", atKeyOf: node)
        continue
      }
      regions[name] = region(node, bins: bins)
    }
    for name in declared.keys.sorted() where !fields.contains(where: { $0.key == name }) {
      diagnostics.error("the region '\(name)' is missing", at: node)
    }
    return value(of: SignalYields(regions: regions), at: node)
  }

  /// `[5.0, 10.0]`, or `{values: […], uncertainties: […]}`.
  private func region(_ node: SpecificationNode, bins: Int) -> SignalYields.Region? {
    guard node.elements == nil else {
      return numbers(node, bins: bins, in: nil).map { SignalYields.Region(values: $0) }
    }
    guard node.fields != nil else {
      diagnostics.error(
        "must be a list with one number for each of \(bins) bins, not \(node.nature)", at: node)
      return nil
    }
    let reader = FieldReader(node, diagnostics)
    let values = reader.node("values", required: true).flatMap {
      numbers($0, bins: bins, in: nil)
    }
    let uncertainties = reader.node("uncertainties").flatMap {
      numbers($0, bins: bins, in: 0 ... .greatestFiniteMagnitude)
    }
    reader.finish()
    return values.map { SignalYields.Region(values: $0, uncertainties: uncertainties) }
  }

  private func numbers(_ node: SpecificationNode, bins: Int, in range: ClosedRange<Double>?)
    -> [Double]?
  {
    guard let elements = node.elements else {
      diagnostics.error("must be a list of \(bins) numbers, not \(node.nature)", at: node)
      return nil
    }
    if elements.count != bins {
      diagnostics.error("has \(elements.count) numbers, but the region has \(bins) bins", at: node)
    }
    let numbers = elements.compactMap { $0.double(diagnostics, in: range) }
    return numbers.count == bins ? numbers : nil
  }
}
