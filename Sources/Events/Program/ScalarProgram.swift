// SPDX-License-Identifier: Apache-2.0

/// Nodes of one element each, as instructions on registers.
///
/// A register holds a real number as it is, a truth value as 1 or 0, an integer by its bits. The
/// first ones are the names, in order; constants are in theirs from the start.
struct ScalarProgram: Sendable {
  /// What an instruction does with its operands.
  enum Action: Sendable {
    case widen
    case negate, absolute, add, subtract, multiply, divide, minimum, maximum
    case negateInteger, absoluteInteger, addIntegers, subtractIntegers, multiplyIntegers
    case minimumOfIntegers, maximumOfIntegers, remainder
    case function(RealFunction)
    case function2(RealFunction2)
    case compare(ComparisonOperator)
    case compareIntegers(ComparisonOperator)
    case and, or, not, select
  }

  /// One action from registers `a`, `b`, `c` (as many as it has operands) to `target`.
  struct Instruction: Sendable {
    let action: Action
    let a: Int
    let b: Int
    let c: Int
    let target: Int
  }

  let instructions: [Instruction]
  /// Registers as they are at the start.
  let initial: [Double]
  /// How many names there are.
  let nameCount: Int
  /// The register of the result, and whether it holds an integer.
  let result: (register: Int, isInteger: Bool)

  /// - Parameters:
  ///   - graph: made without collections, the names being columns of the event.
  ///   - root: the node that is computed.
  ///   - names: what the registers begin with.
  /// - Throws: what the numbers could do wrong and the compiler of selections leaves to the run.
  init(_ graph: Graph, root: NodeID, names: [String]) throws(InvalidExpression.Problem) {
    var builder = ScalarProgramBuilder(graph, names)
    for case .node(let id) in graph.schedule(for: [root]) { try builder.add(id) }
    instructions = builder.instructions
    initial = builder.registers
    nameCount = names.count
    result = (builder.registerOf[root] ?? 0, graph[root].type == .integer)
  }
}

/// Gives nodes registers, and operations their actions.
private struct ScalarProgramBuilder {
  let graph: Graph
  private(set) var instructions: [ScalarProgram.Instruction] = []
  private(set) var registers: [Double]
  private(set) var registerOf: [NodeID: Int] = [:]
  private let names: [String: Int]
  private var ranges: [NodeID: IntegerRange] = [:]

  init(_ graph: Graph, _ names: [String]) {
    self.graph = graph
    registers = Array(repeating: .nan, count: names.count)
    self.names = Dictionary(
      zip(names, names.indices).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func add(_ id: NodeID) throws(InvalidExpression.Problem) {
    let node = graph[id]
    switch node.operation {
    case .column(let name): registerOf[id] = names[name]
    case .boolean(let value): registerOf[id] = constant(value ? 1 : 0)
    case .real(let value): registerOf[id] = constant(value)
    case .integer(let value):
      registerOf[id] = constant(Double(bitPattern: UInt64(bitPattern: value)))
      ranges[id] = IntegerRange(value)
    // Nothing is missing here, so what asks for it is settled.
    case .exists: registerOf[id] = constant(1)
    case .coalesce:
      registerOf[id] = registerOf[node.operands[0]]
      ranges[id] = ranges[node.operands[0]]
    // One element each: there is nothing to spread.
    case .broadcast: registerOf[id] = registerOf[node.operands[0]]
    default: try compute(id, node)
    }
  }

  private mutating func constant(_ value: Double) -> Int {
    registers.append(value)
    return registers.count - 1
  }

  private mutating func compute(_ id: NodeID, _ node: Node) throws(InvalidExpression.Problem) {
    if node.type == .integer { ranges[id] = try range(of: node) }
    let operands = node.operands.map { registerOf[$0] ?? 0 }
    guard let action = action(of: node) else {
      throw InvalidExpression.Problem(
        offset: nil, message: "what needs events or collections has no value here")
    }
    let instruction = ScalarProgram.Instruction(
      action: action, a: operands.first ?? 0, b: operands.count > 1 ? operands[1] : 0,
      c: operands.count > 2 ? operands[2] : 0, target: registers.count)
    registers.append(.nan)
    registerOf[id] = instruction.target
    if node.space == nil {
      // The same for all numbers: computed now.
      registers.withUnsafeMutableBufferPointer { instruction.perform(on: $0) }
    } else {
      instructions.append(instruction)
    }
  }

  private func range(of node: Node) throws(InvalidExpression.Problem) -> IntegerRange {
    let operands = node.operands.compactMap { ranges[$0] }
    let range: IntegerRange? =
      switch (node.operation, operands.count) {
      case (.negate, 1): operands[0].negated
      case (.absolute, 1): operands[0].magnitude
      case (.add, 2): operands[0].adding(operands[1])
      case (.subtract, 2): operands[0].subtracting(operands[1])
      case (.multiply, 2): operands[0].multiplied(by: operands[1])
      case (.minimum, 2): operands[0].minimum(operands[1])
      case (.maximum, 2): operands[0].maximum(operands[1])
      case (.remainder, 2): operands[0].remainder(dividingBy: operands[1])
      // The condition is no integer.
      case (.select, 2): operands[0].union(operands[1])
      default: nil
      }
    if let range { return range }
    throw InvalidExpression.Problem(
      offset: nil,
      message: node.operation == .remainder
        ? "the right side of '%' can be 0"
        : "a whole number does not fit into a 64-bit integer: write one operand with a '.0'")
  }

  private func action(of node: Node) -> ScalarProgram.Action? {
    let isOfIntegers = node.operands.first.map { graph[$0].type == .integer } ?? false
    switch node.operation {
    case .widen: return .widen
    case .negate: return isOfIntegers ? .negateInteger : .negate
    case .absolute: return isOfIntegers ? .absoluteInteger : .absolute
    case .add: return isOfIntegers ? .addIntegers : .add
    case .subtract: return isOfIntegers ? .subtractIntegers : .subtract
    case .multiply: return isOfIntegers ? .multiplyIntegers : .multiply
    case .minimum: return isOfIntegers ? .minimumOfIntegers : .minimum
    case .maximum: return isOfIntegers ? .maximumOfIntegers : .maximum
    case .divide: return .divide
    case .remainder: return .remainder
    case .function(let function): return .function(function)
    case .function2(let function): return .function2(function)
    case .compare(let comparison):
      return isOfIntegers ? .compareIntegers(comparison) : .compare(comparison)
    case .and: return .and
    case .or: return .or
    case .not: return .not
    case .select: return .select
    default: return nil
    }
  }
}
