// SPDX-License-Identifier: Apache-2.0

/// A value of a JSON text with the place it stands at.
///
/// Integers and numbers with a fraction are told apart, because digests of workspaces are taken
/// of Python's spelling, in which `1` and `1.0` differ.
package struct JSONNode: Sendable {
  /// What the node holds.
  package enum Content: Sendable {
    case null
    case boolean(Bool)
    /// Written with a fraction or an exponent.
    case number(Double)
    /// Written without fraction and exponent.
    case integer(Int)
    /// An integer beyond 64 bits, as written.
    case wideInteger(String)
    case string(String)
    /// An array of numbers only: the common case, kept without a node for each.
    case numbers(JSONNumbers)
    case array([JSONNode])
    case object([JSONMember])
  }

  package var content: Content
  package var place: JSONPlace

  package init(_ content: Content, at place: JSONPlace = JSONPlace(source: 0, offset: 0)) {
    self.content = content
    self.place = place
  }
}

/// Where a node starts: which of the texts that were put together, and the byte in it.
package struct JSONPlace: Sendable, Hashable {
  package var source: UInt16
  package var offset: UInt32

  package init(source: UInt16, offset: UInt32) {
    self.source = source
    self.offset = offset
  }
}

/// One key and its value.
package struct JSONMember: Sendable {
  package var key: String
  package var value: JSONNode

  package init(key: String, value: JSONNode) {
    self.key = key
    self.value = value
  }
}

/// An array of numbers, and which of them were written as integers.
package struct JSONNumbers: Sendable {
  package var values: [Double]
  /// Ascending positions of the elements written without fraction and exponent.
  package var integerPositions: [Int32]

  package init(values: [Double], integerPositions: [Int32] = []) {
    self.values = values
    self.integerPositions = integerPositions
  }
}

extension JSONNode {
  /// The number, if the node is one.
  package var double: Double? {
    switch content {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .wideInteger(let digits): Double(digits)
    default: nil
    }
  }

  /// The text, if the node is one.
  package var string: String? {
    if case .string(let value) = content { value } else { nil }
  }

  /// The members, if the node is an object.
  package var members: [JSONMember]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The elements, if the node is an array; numbers become nodes at the array's place.
  package var elements: [JSONNode]? {
    switch content {
    case .array(let nodes): nodes
    case .numbers(let numbers): numbers.nodes(at: place)
    default: nil
    }
  }

  /// The numbers, if the node is an array of nothing else; also of an array patched together.
  package var doubles: [Double]? {
    switch content {
    case .numbers(let numbers): return numbers.values
    case .array(let nodes):
      var values: [Double] = []
      values.reserveCapacity(nodes.count)
      for node in nodes {
        guard let value = node.double else { return nil }
        values.append(value)
      }
      return values
    default: return nil
    }
  }

  /// What the node is, for sentences: "an object", "text".
  package var kindName: String {
    switch content {
    case .null: "null"
    case .boolean: "a boolean"
    case .number, .integer, .wideInteger: "a number"
    case .string: "text"
    case .numbers, .array: "an array"
    case .object: "an object"
    }
  }

  /// The value of a member, if the node is an object that has it.
  package subscript(key: String) -> JSONNode? {
    members?.first { $0.key == key }?.value
  }
}

extension JSONNumbers {
  /// One node for each number, all at one place.
  func nodes(at place: JSONPlace) -> [JSONNode] {
    var integers = integerPositions.makeIterator()
    var next = integers.next()
    return values.enumerated().map { position, value in
      guard let integer = next, Int(integer) == position else {
        return JSONNode(.number(value), at: place)
      }
      next = integers.next()
      return JSONNode(.integer(Int(value)), at: place)
    }
  }
}

extension JSONNode {
  /// Equality of JSON values as RFC 6902 §4.6 has it: numbers by value, objects in any order.
  package func isEqual(to other: JSONNode) -> Bool {
    if let left = double, let right = other.double { return left == right }
    if let left = elements, let right = other.elements {
      return left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
    }
    switch (content, other.content) {
    case (.null, .null): return true
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.string(let left), .string(let right)): return left.utf8.elementsEqual(right.utf8)
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && left.allSatisfy { member in
          other[member.key].map { member.value.isEqual(to: $0) } ?? false
        }
    default: return false
    }
  }
}
