// SPDX-License-Identifier: Apache-2.0

/// Computes the nodes of a program for one block of events after another.
///
/// Each instruction makes a whole column; it never looks at one event alone. Used by one task.
final class BlockEvaluator {
  let program: CompiledSelection
  /// Events of the block.
  private(set) var count = 0
  /// Number of the block's first event among all events of the run.
  private(set) var firstEvent = 0
  private var vectors: [Vector?]
  private var segments: [Segments?]

  /// Most elements of one space in a block: collection functions inside each other and pairs
  /// multiply what the file holds.
  static let largestSpace = 1 << 24

  /// Something in the data that stops the run; `event` counts from the start of the block.
  struct Failure: Error {
    let event: Int?
    let message: String
  }

  init(_ program: CompiledSelection) {
    self.program = program
    vectors = Array(repeating: nil, count: program.graph.nodes.count)
    segments = Array(repeating: nil, count: program.graph.spaces.count)
  }

  /// Computes all instructions for a block. Columns are by declared name.
  ///
  /// - Parameter first: number of the first event among all events of the run.
  func evaluate(
    _ columns: [String: Vector], offsets: [String: [Int32]], count: Int, first: Int
  ) throws {
    self.count = count
    firstEvent = first
    for instruction in program.instructions {
      switch instruction.item {
      case .node(let id):
        vectors[id.index] = try compute(program.graph[id], columns)
      case .space(let id):
        segments[id.index] = try lay(out: program.graph[id], offsets)
      }
      for id in instruction.released { vectors[id.index] = nil }
    }
  }

  /// The values of a node that a computed block was made for.
  subscript(id: NodeID) -> Vector {
    guard let vector = vectors[id.index] else { preconditionFailure("a node was not computed") }
    return vector
  }

  subscript(id: SpaceID) -> Segments {
    guard let space = segments[id.index] else { preconditionFailure("a space was not computed") }
    return space
  }

  /// How many elements a node of a space has values for; a uniform node has one.
  func size(_ space: SpaceID?) -> Int {
    space.map { $0 == .event ? count : self[$0].count } ?? 1
  }

  // MARK: Spaces

  private func lay(out space: Space, _ offsets: [String: [Int32]]) throws -> Segments {
    switch space.origin {
    case .event: return Segments(offsets: Array(0...Int32(count)))
    case .collection(let name):
      return Segments(offsets: offsets[name] ?? Array(repeating: 0, count: count + 1))
    case .filtered(let source, let mask): return self[source].filtered(by: self[mask])
    case .sorted(let source, let key): return self[source].sorted(by: self[key])
    case .sliced(let source, let lower, let upper):
      return self[source].sliced(
        lower: lower.map { self[$0] }, upper: upper.map { self[$0] })
    case .lifted(let source):
      let owners = ancestors(in: program.graph[source].parent, of: space.parent)
      guard let lifted = self[source].lifted(to: owners, limit: Self.largestSpace)
      else { throw tooLarge }
      return lifted
    case .pairs(let source):
      guard let pairs = self[source].pairs(limit: Self.largestSpace) else { throw tooLarge }
      return pairs
    }
  }

  private var tooLarge: Failure {
    Failure(
      event: nil,
      message: "nested collection functions or pairs make more than \(Self.largestSpace) "
        + "combinations in \(count) events: filter the collections first")
  }

  /// For each element of a space the element of a space above it that it belongs to.
  func ancestors(in ancestor: SpaceID?, of space: SpaceID?) -> [Int32] {
    guard let space, let ancestor, space != ancestor, let parent = program.graph[space].parent
    else { return Array(0..<Int32(size(space))) }
    let parents = self[space].parents
    if parent == ancestor { return parents }
    let above = ancestors(in: ancestor, of: parent)
    return parents.map { above[Int($0)] }
  }

  /// The event, in the block, that an element of a space belongs to.
  func event(of element: Int, in space: SpaceID?) -> Int {
    guard let space, space != .event, let parent = program.graph[space].parent else {
      return element
    }
    return event(of: Int(self[space].parents[element]), in: parent)
  }
}
