// SPDX-License-Identifier: Apache-2.0

extension SelectionCompiler {
  /// Checks all of a selection and compiles it.
  /// - Throws: all problems, objects and variables first.
  static func compile(
    _ specification: SelectionSpecification, columns: [ColumnDeclaration]
  ) throws(InvalidSelection) -> CompiledSelection {
    let compiler = SelectionCompiler(specification, columns: columns)
    guard compiler.problems.allSatisfy({ !Definitions.parts.contains($0.path) }) else {
      throw InvalidSelection(problems: compiler.problems)
    }
    compiler.resolveAll()
    let order = compiler.order(of: specification.regions)
    compiler.checkVariations(of: specification)
    let shifts = specification.shifts.flatMap { shift in
      [(shift.up, "up"), (shift.down, "down")].map { compiler.active(shift, $0.0, side: $0.1) }
    }
    let nominal = compiler.universe(specification)
    let weights = compiler.variedWeights(of: specification)
    guard compiler.problems.isEmpty, let nominal else {
      throw InvalidSelection(problems: compiler.problems)
    }
    var universes = [nominal]
    for shift in shifts.compactMap(\.self) {
      compiler.begin(shift)
      if let universe = compiler.universe(specification) { universes.append(universe) }
    }
    guard compiler.problems.isEmpty else { throw InvalidSelection(problems: compiler.problems) }
    let counts = compiler.counts(
      specification, order, nominal: nominal, weights: weights,
      shifted: Array(universes.dropFirst()))
    let program = compiler.program(counts, seed: specification.seed)
    guard compiler.problems.isEmpty else { throw InvalidSelection(problems: compiler.problems) }
    return program
  }

  /// A program that computes one expression for every event and counts nothing: its node stands
  /// where the weight's does.
  static func compile(
    _ expression: String, in specification: SelectionSpecification, columns: [ColumnDeclaration]
  ) throws(InvalidSelection) -> CompiledSelection {
    let compiler = SelectionCompiler(specification, columns: columns)
    let node = compiler.lowerScalar(expression, path: "expression", .scalar)
    let roots = node.map { [compiler.graph.spread($0, over: .event)] } ?? []
    var counts = SelectionCounts()
    counts.weights = roots
    let program = compiler.program(counts, seed: specification.seed)
    guard compiler.problems.isEmpty else { throw InvalidSelection(problems: compiler.problems) }
    return program
  }

  // MARK: Parts

  /// Everything that is counted, with the present meaning of names; nil after reporting.
  private func universe(_ specification: SelectionSpecification) -> Universe? {
    let weight = self.weight(specification.weight ?? "1", path: "weight")
    let regions = specification.regions.map(lower)
    let histograms = specification.histograms.map { lower($0, in: specification) }
    guard let weight, regions.allSatisfy({ $0 != nil }), histograms.allSatisfy({ $0 != nil })
    else { return nil }
    return Universe(
      weight: weight, regions: regions.compactMap(\.self),
      histograms: histograms.compactMap(\.self))
  }

  private func variedWeights(of specification: SelectionSpecification) -> [NodeID] {
    specification.variations.flatMap {
      [($0.up, "variations.\($0.name).up"), ($0.down, "variations.\($0.name).down")]
    }.compactMap { weight($0, path: $1) }
  }

  /// A real number of each event that is never missing; nil after reporting.
  func weight(_ text: String, path: String) -> NodeID? {
    guard let node = lowerScalar(text, path: path, .number) else { return nil }
    if graph[node].isOptional {
      report("a weight must not be missing: give a default with '??'", path: path)
      return nil
    }
    return realOfEvent(node)
  }

  /// A number as a real of each event.
  func realOfEvent(_ node: NodeID) -> NodeID {
    let real = graph[node].type == .real ? node : graph.apply(.widen, node, type: .real)
    return graph.spread(real, over: .event)
  }

  /// Names that paths and results are made of hold neither dot, bracket nor slash.
  func checkNames(_ names: [String], part: String, _ kind: String) {
    var seen: Set<String> = []
    for name in names {
      let path = "\(part).\(name)"
      if name.wholeMatch(of: /[A-Za-z0-9_+\-]+/) == nil {
        report("a \(kind)'s name is made of letters, digits, '_', '-' and '+'", path: path)
      }
      if !seen.insert(name).inserted {
        report("there are two \(kind)s '\(name)': rename one", path: path)
      }
    }
  }

  // MARK: Program

  private func program(_ counts: SelectionCounts, seed: UInt64) -> CompiledSelection {
    let reals = variableNodes
    let cuts = counts.watches.map { watch in
      CompiledSelection.Watch(
        key: watch.key, nodes: watch.nodes.filter { !reals.contains($0) }, reached: watch.reached)
    }.filter { !$0.nodes.isEmpty }
    let roots = counts.roots + cuts.flatMap(\.nodes)
    let needed = Set(graph.schedule(for: roots))
    let variables = watchedVariables.filter { variable in
      variable.nodes.contains { needed.contains(.node($0)) }
    }
    let watches = variables + cuts
    let kept = counts.roots + watches.flatMap(\.nodes)
    let schedule = graph.schedule(for: kept)
    let (columns, counters) = self.columns(in: schedule)
    return CompiledSelection(
      graph: graph, instructions: instructions(schedule, keeping: Set(kept)),
      weights: counts.weights, masks: counts.plan.masks, sums: counts.plan.sums,
      fills: counts.plan.fills, totals: counts.totals, regions: counts.regions,
      histograms: counts.histograms, watches: watches, compared: counts.compared,
      columns: columns, counters: counters, seed: seed)
  }

  /// Values of real variables of the event, which are counted under their own names.
  private var variableNodes: Set<NodeID> {
    Set(watchedVariables.filter { $0.nodes.count == 1 }.flatMap(\.nodes))
  }

  /// Of a real variable its value, of a condition what it compares.
  private var watchedVariables: [CompiledSelection.Watch] {
    definitions.order.compactMap { name in
      guard case .variable = definitions.byName[name], case .scalar(let node)? = nominal[name]
      else { return nil }
      let watched =
        switch graph[node].type {
        case .real: graph[node].space == nil ? [] : [node]
        case .boolean: compared["variables.\(name)"] ?? []
        case .integer: [NodeID]()
        }
      return watched.isEmpty
        ? nil : CompiledSelection.Watch(key: name, nodes: watched, reached: nil)
    }
  }

  /// The columns a program reads, and for each collection the one that tells its sizes.
  private func columns(in schedule: [Graph.Item]) -> ([ColumnDeclaration], [String: String]) {
    var used: Set<String> = []
    var collections: [String] = []
    for item in schedule {
      switch item {
      case .node(let id):
        if case .column(let name) = graph[id].operation { used.insert(name) }
      case .space(let id):
        if case .collection(let name) = graph[id].origin { collections.append(name) }
      }
    }
    var counters: [String: String] = [:]
    for name in collections {
      guard case .collection(let columns) = definitions.byName[name] else { continue }
      let required = columns.filter { !$0.isOptional }
      guard let counter = required.first(where: { used.contains($0.name) }) ?? required.first
      else {
        report(
          "all fields of '\(name)' are optional, so its size may be unknown: "
            + "declare one of them as required", path: "columns.\(columns[0].name)")
        continue
      }
      counters[name] = counter.name
      used.insert(counter.name)
    }
    let declarations = definitions.byName.values.flatMap { definition -> [ColumnDeclaration] in
      switch definition {
      case .column(let column): [column]
      case .collection(let columns): columns
      case .object, .variable: []
      }
    }
    let read = declarations.filter { used.contains($0.name) }.sorted { $0.name < $1.name }
    return (read, counters)
  }

  private func instructions(
    _ schedule: [Graph.Item], keeping kept: Set<NodeID>
  ) -> [CompiledSelection.Instruction] {
    var seen = kept
    var instructions: [CompiledSelection.Instruction] = []
    for item in schedule.reversed() {
      var released: [NodeID] = []
      for case .node(let need) in graph.needs(of: item) where seen.insert(need).inserted {
        released.append(need)
      }
      instructions.append(CompiledSelection.Instruction(item: item, released: released))
    }
    return instructions.reversed()
  }
}
