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
    for name in compiler.definitions.order { _ = compiler.resolve(name) }
    let weights = compiler.weights(of: specification)
    let (regions, positions) = compiler.regions(of: specification)
    let program = compiler.program(weights: weights, regions: regions, positions: positions)
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
    let program = compiler.program(weights: roots, regions: [], positions: [])
    guard compiler.problems.isEmpty else { throw InvalidSelection(problems: compiler.problems) }
    return program
  }

  // MARK: Weights

  private func weights(of specification: SelectionSpecification) -> [NodeID] {
    checkNames(specification.variations.map(\.name), part: "variations", "variation")
    let texts =
      [(specification.weight ?? "1", "weight")]
      + specification.variations.flatMap {
        [($0.up, "variations.\($0.name).up"), ($0.down, "variations.\($0.name).down")]
      }
    return texts.compactMap { text, path in
      guard let node = lowerScalar(text, path: path, .number) else { return nil }
      if graph[node].isOptional {
        report("a weight must not be missing: give a default with '??'", path: path)
        return nil
      }
      let real =
        graph[node].type == .real ? node : graph.apply(.widen, node, type: .real)
      return graph.spread(real, over: .event)
    }
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

  private func program(
    weights: [NodeID], regions: [CompiledSelection.Region], positions: [Int]
  ) -> CompiledSelection {
    let reals = variableNodes
    let regions = regions.map { region in
      CompiledSelection.Region(
        name: region.name, parent: region.parent,
        cuts: region.cuts.map { cut in
          CompiledSelection.Cut(
            name: cut.name, condition: cut.condition,
            compared: cut.compared.filter { !reals.contains($0) })
        })
    }
    let roots = weights + regions.flatMap { $0.cuts.flatMap { [$0.condition] + $0.compared } }
    let needed = Set(graph.schedule(for: roots))
    let variables = watchedVariables.filter { variable in
      variable.watched.contains { needed.contains(.node($0)) }
    }
    let schedule = graph.schedule(for: roots + variables.flatMap(\.watched))
    let (columns, counters) = self.columns(in: schedule)
    let kept = Set(roots + variables.flatMap(\.watched))
    return CompiledSelection(
      graph: graph, instructions: instructions(schedule, keeping: kept), weights: weights,
      regions: regions, regionPositions: positions, variables: variables, columns: columns,
      counters: counters)
  }

  /// Values of real variables of the event, which are counted under their own names.
  private var variableNodes: Set<NodeID> {
    Set(watchedVariables.filter { $0.watched.count == 1 }.flatMap(\.watched))
  }

  /// Of a real variable its value, of a condition what it compares.
  private var watchedVariables: [CompiledSelection.Variable] {
    definitions.order.compactMap { name in
      guard case .variable = definitions.byName[name],
        case .found(.scalar(let node)) = resolve(name)
      else { return nil }
      let watched =
        switch graph[node].type {
        case .real: graph[node].space == nil ? [] : [node]
        case .boolean: compared["variables.\(name)"] ?? []
        case .integer: [NodeID]()
        }
      return watched.isEmpty ? nil : CompiledSelection.Variable(name: name, watched: watched)
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
