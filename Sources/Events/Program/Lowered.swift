// SPDX-License-Identifier: Apache-2.0

/// What an expression became: a column of the program, or objects whose fields are columns.
enum Lowered: Sendable {
  case scalar(NodeID)
  case object(ObjectReference)
  case collection(CollectionReference)
}

/// A list of elements per element of `space`'s parent.
struct CollectionReference: Sendable {
  let space: SpaceID
  let element: ElementShape
}

/// One element of a space.
struct ObjectReference: Sendable {
  /// The space it is an element of.
  let space: SpaceID
  let element: ElementShape
  /// Its index in the space; nil if it is the element that the scope stands at.
  let position: NodeID?
}

/// What the elements of a collection have inside.
indirect enum ElementShape: Sendable {
  /// Fields of a declared collection. `label` is what errors call the list.
  /// `computed` has those fields that aren't the column's.
  case record(
    collection: String, fields: [String], label: String, computed: [String: ComputedField] = [:])
  /// `first` and `second`, two elements of another list.
  case pair(of: CollectionReference)

  /// What can stand behind the dot.
  var fields: [String] {
    switch self {
    case .record(_, let fields, _, _): fields
    case .pair: [PairMember.first.rawValue, PairMember.second.rawValue]
    }
  }

  /// What errors call it.
  var label: String {
    switch self {
    case .record(_, _, let label, _): "'\(label)'"
    case .pair(let members): "pairs of \(members.element.label)"
    }
  }
}

/// A field that is computed, for each element of a space.
struct ComputedField: Sendable {
  let node: NodeID
  let space: SpaceID
}

/// What names mean where an expression stands.
struct Scope: Sendable {
  /// The space each of whose elements the expression has a value for.
  let space: SpaceID
  /// `it`: the element, inside a collection function.
  let element: ObjectReference?
  /// `it2`: the element of the collection function around that one.
  let outer: ObjectReference?

  static let event = Scope(space: .event, element: nil, outer: nil)

  /// The scope of each element of a collection.
  func inside(_ collection: CollectionReference) -> Scope {
    Scope(
      space: collection.space,
      element: ObjectReference(space: collection.space, element: collection.element, position: nil),
      outer: element)
  }
}
