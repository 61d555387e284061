// SPDX-License-Identifier: Apache-2.0

struct NodeID: Hashable, Sendable { let index: Int }

struct SpaceID: Hashable, Sendable {
  let index: Int
  /// One element per event.
  static let event = SpaceID(index: 0)
}

/// One column of values of the program: an operation on other columns.
struct Node: Hashable, Sendable {
  let operation: Operation
  let operands: [NodeID]
  /// What it has a value for each of; nil if it is one value for all.
  let space: SpaceID?
  let type: ColumnType
  /// Whether some of its values may be missing.
  let isOptional: Bool
}

/// A set of elements, each of which belongs to one element of the parent space.
struct Space: Hashable, Sendable {
  enum Origin: Hashable, Sendable {
    case event
    /// The elements of a collection as the file has them.
    case collection(String)
    /// Those for which the mask is true.
    case filtered(SpaceID, mask: NodeID)
    /// The same elements, ordered by a key within each parent.
    case sorted(SpaceID, key: NodeID)
    /// Elements number lower ..< upper of each parent, counted from the end if negative.
    case sliced(SpaceID, lower: NodeID?, upper: NodeID?)
    /// The elements of an ancestor of the parent, seen from each element of the parent.
    case lifted(SpaceID)
    /// Pairs (i, j) of each parent's elements with i < j.
    case pairs(SpaceID)

    var source: SpaceID? {
      switch self {
      case .event, .collection: nil
      case .filtered(let source, _), .sorted(let source, _), .sliced(let source, _, _),
        .lifted(let source), .pairs(let source):
        source
      }
    }

    /// Nodes that must be computed before the space.
    var operands: [NodeID] {
      switch self {
      case .event, .collection, .lifted, .pairs: []
      case .filtered(_, let mask): [mask]
      case .sorted(_, let key): [key]
      case .sliced(_, let lower, let upper): [lower, upper].compactMap { $0 }
      }
    }
  }
  let origin: Origin
  let parent: SpaceID?
}

/// All nodes and spaces of a program, each different one once: equal subexpressions are shared
/// because asking for a node that exists returns it.
struct Graph: Sendable {
  /// A node or a space; what it needs comes before it in `order`.
  enum Item: Hashable, Sendable {
    case node(NodeID)
    case space(SpaceID)
  }
  private(set) var nodes: [Node] = []
  private(set) var spaces: [Space] = []
  private(set) var order: [Item] = []
  private var nodeIDs: [Node: NodeID] = [:]
  private var spaceIDs: [Space: SpaceID] = [:]
  private var depths: [Int] = []

  init() { _ = intern(Space(origin: .event, parent: nil)) }

  subscript(_ id: NodeID) -> Node { nodes[id.index] }
  subscript(_ id: SpaceID) -> Space { spaces[id.index] }

  mutating func intern(_ node: Node) -> NodeID {
    if let known = nodeIDs[node] { return known }
    let id = NodeID(index: nodes.count)
    nodes.append(node)
    nodeIDs[node] = id
    order.append(.node(id))
    return id
  }

  mutating func intern(_ space: Space) -> SpaceID {
    if let known = spaceIDs[space] { return known }
    let id = SpaceID(index: spaces.count)
    spaces.append(space)
    depths.append(space.parent.map { depths[$0.index] + 1 } ?? 0)
    spaceIDs[space] = id
    order.append(.space(id))
    return id
  }

  /// How many parents a space has above it; 0 for the event and for one value for all.
  func depth(_ space: SpaceID?) -> Int { space.map { depths[$0.index] } ?? 0 }

  /// The space, among those of some nodes, that lies below all others.
  func deepest(_ operands: [NodeID]) -> SpaceID? {
    operands.compactMap { self[$0].space }.max { depth($0) < depth($1) }
  }

  /// A value of a space above, for each element of a space; one value for all stays what it is.
  mutating func lift(_ node: NodeID, to space: SpaceID?) -> NodeID {
    guard let space, let from = self[node].space, from != space, let parent = self[space].parent
    else { return node }
    return broadcast(lift(node, to: parent), in: space)
  }

  /// A value for each element, also of what is one value for all.
  mutating func spread(_ node: NodeID, over space: SpaceID) -> NodeID {
    self[node].space == nil ? broadcast(node, in: space) : lift(node, to: space)
  }

  private mutating func broadcast(_ node: NodeID, in space: SpaceID) -> NodeID {
    let operand = self[node]
    return intern(
      Node(
        operation: .broadcast, operands: [node], space: space, type: operand.type,
        isOptional: operand.isOptional))
  }

  /// An operation element by element, in the deepest space of its operands.
  ///
  /// - Parameter isOptional: nil if it can be missing exactly where an operand can.
  mutating func apply(
    _ operation: Operation, _ operands: NodeID..., type: ColumnType, isOptional: Bool? = nil
  ) -> NodeID {
    let space = deepest(operands)
    let lifted = operands.map { lift($0, to: space) }
    return intern(
      Node(
        operation: operation, operands: lifted, space: space, type: type,
        isOptional: isOptional ?? operands.contains { self[$0].isOptional }))
  }

  /// The nodes and spaces that some nodes need, in an order in which each comes after its needs.
  func schedule(for roots: [NodeID]) -> [Item] {
    var needed: Set<Item> = []
    var open = roots.map(Item.node)
    while let item = open.popLast() {
      if needed.insert(item).inserted { open += needs(of: item) }
    }
    return order.filter(needed.contains)
  }

  func needs(of item: Item) -> [Item] {
    switch item {
    case .node(let id):
      let node = self[id]
      let spaces = [node.space, node.operation.space].compactMap { $0 }
      return node.operands.map(Item.node) + spaces.map(Item.space)
    case .space(let id):
      let space = self[id]
      let spaces = [space.parent, space.origin.source].compactMap { $0 }
      return space.origin.operands.map(Item.node) + spaces.map(Item.space)
    }
  }
}

extension Operation {
  /// The space an operation looks into, besides that of its node.
  fileprivate var space: SpaceID? {
    switch self {
    case .position(let space), .take(let space), .size(let space), .reduce(_, let space): space
    default: nil
    }
  }
}
