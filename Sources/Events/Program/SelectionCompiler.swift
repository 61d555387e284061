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

  /// The columns that are replaced where names are looked up now.
  struct ActiveShift {
    /// What errors call it: `'jes' up`.
    let label: String
    var columns: [String: NodeID] = [:]
    var collection: String?
    var element: ElementShape?
  }
  private(set) var shift: ActiveShift?

  /// What each name of the specification means when no column is replaced.
  private(set) var nominal: [String: Lowered] = [:]

  /// Compiles every name of the specification, used or not.
  func resolveAll() {
    for name in definitions.order {
      if case .found(let lowered) = resolve(name) { nominal[name] = lowered }
    }
  }

  /// Compiles names anew, with some columns replaced.
  func begin(_ shift: ActiveShift) {
    self.shift = shift
    states = [:]
  }

  func report(_ message: String, path: String, offset: Int? = nil) {
    let message = shift.map { "in the variation \($0.label): \(message)" } ?? message
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
      if let shifted = shift?.columns[name] { return .scalar(shifted) }
      return .scalar(
        graph.intern(
          Node(
            operation: .column(column.name), operands: [], space: .event, type: column.type,
            isOptional: column.isOptional)))
    case .collection(let columns):
      return .collection(shifted(declared(name, columns), named: name))
    case .object(let object):
      return lower(object).map(Lowered.collection)
    case .variable(let variable):
      return lower(variable.expression, path: "variables.\(variable.name)")
    }
  }

  private func declared(
    _ name: String, _ columns: [ColumnDeclaration]
  ) -> CollectionReference {
    let space = graph.intern(Space(origin: .collection(name), parent: .event))
    let shape = ElementShape.record(
      collection: name, fields: columns.compactMap(\.field), label: name)
    return CollectionReference(space: space, element: shape)
  }

  private func shifted(
    _ collection: CollectionReference, named name: String
  ) -> CollectionReference {
    guard let shift, shift.collection == name, let element = shift.element else {
      return collection
    }
    return CollectionReference(space: collection.space, element: element)
  }

  /// The column of a field, in a space made from the collection that has it; or what is computed
  /// for it further up.
  func field(
    _ name: String, of collection: String, _ computed: ComputedField? = nil, in space: SpaceID
  ) -> NodeID? {
    if let computed, computed.space == space { return computed.node }
    guard let source = graph[space].origin.source else {
      guard case .collection(let columns) = definitions.byName[collection],
        let column = columns.first(where: { $0.field == name })
      else { return nil }
      return graph.intern(
        Node(
          operation: .column(column.name), operands: [], space: space, type: column.type,
          isOptional: column.isOptional))
    }
    guard let operand = field(name, of: collection, computed, in: source) else { return nil }
    return graph.intern(
      Node(
        operation: .gather, operands: [operand], space: space, type: graph[operand].type,
        isOptional: graph[operand].isOptional))
  }
}
