// SPDX-License-Identifier: Apache-2.0

/// Checks the definitions of a selection and turns their expressions into nodes of a graph.
///
/// Definitions are compiled when a name is first used, so they may be written in any order. All
/// problems are collected; what depends on something faulty is left out without a problem of its
/// own. Used once, by one task.
final class SelectionCompiler {
  var graph = Graph()
  var problems: [SelectionProblem]
  let definitions: Definitions
  /// Path → real numbers of the event that the expression there compares.
  var compared: [String: [NodeID]] = [:]
  /// How deep the expressions lie in each other, across definitions.
  var nesting = 0

  /// Bounds the stack: expressions are at most 100 deep each, definitions may use each other.
  static let largestNesting = 400

  private enum State {
    case underway
    case finished(Lowered?)
  }
  private var states: [String: State] = [:]
  /// Names being compiled, outermost first.
  private var open: [String] = []

  init(_ specification: SelectionSpecification, columns: [ColumnDeclaration]) {
    definitions = Definitions(specification, columns: columns)
    problems = definitions.problems
  }

  func report(_ message: String, path: String, offset: Int? = nil) {
    problems.append(SelectionProblem(path: path, offset: offset, message: message))
  }

  /// Parses and compiles an expression; nil if it has a problem, which is reported.
  func lower(_ text: String, path: String, scope: Scope = .event) -> Lowered? {
    do {
      let expression = try Expression(parsing: text)
      return ExpressionLowering(compiler: self, path: path, scope: scope).lower(expression)
    } catch {
      report(error.message, path: path, offset: error.offset)
      return nil
    }
  }

  /// A number or a truth value; nil if it is something else, which is reported.
  func lowerScalar(
    _ text: String, path: String, scope: Scope = .event, _ wanted: ExpressionLowering.Wanted
  ) -> NodeID? {
    do {
      let expression = try Expression(parsing: text)
      return ExpressionLowering(compiler: self, path: path, scope: scope)
        .scalar(expression, wanted)
    } catch {
      report(error.message, path: path, offset: error.offset)
      return nil
    }
  }

  // MARK: Names

  enum Resolution {
    case unknown
    /// Its problem has been reported where it is defined.
    case faulty
    /// It is defined by itself; the names on the way, first and last the same.
    case circular([String])
    case found(Lowered)
  }

  func resolve(_ name: String) -> Resolution {
    guard let definition = definitions.byName[name] else { return .unknown }
    switch states[name] {
    case .finished(let lowered?): return .found(lowered)
    case .finished(nil): return .faulty
    case .underway:
      let start = open.firstIndex(of: name) ?? 0
      return .circular(Array(open[start...]) + [name])
    case nil:
      states[name] = .underway
      open.append(name)
      let lowered = lower(definition, name: name)
      open.removeLast()
      states[name] = .finished(lowered)
      return lowered.map(Resolution.found) ?? .faulty
    }
  }

  private func lower(_ definition: Definition, name: String) -> Lowered? {
    switch definition {
    case .column(let column):
      return .scalar(
        graph.intern(
          Node(
            operation: .column(column.name), operands: [], space: .event, type: column.type,
            isOptional: column.isOptional)))
    case .collection(let columns):
      let space = graph.intern(Space(origin: .collection(name), parent: .event))
      let shape = ElementShape.record(
        collection: name, fields: columns.compactMap(\.field), label: name)
      return .collection(CollectionReference(space: space, element: shape))
    case .object(let object):
      return lower(object).map(Lowered.collection)
    case .variable(let variable):
      return lower(variable.expression, path: "variables.\(variable.name)")
    }
  }

  /// The column of a field, in a space made from the collection that has it.
  func field(_ name: String, of collection: String, in space: SpaceID) -> NodeID? {
    guard let source = graph[space].origin.source else {
      guard case .collection(let columns) = definitions.byName[collection],
        let column = columns.first(where: { $0.field == name })
      else { return nil }
      return graph.intern(
        Node(
          operation: .column(column.name), operands: [], space: space, type: column.type,
          isOptional: column.isOptional))
    }
    guard let operand = field(name, of: collection, in: source) else { return nil }
    return graph.intern(
      Node(
        operation: .gather, operands: [operand], space: space, type: graph[operand].type,
        isOptional: graph[operand].isOptional))
  }
}
