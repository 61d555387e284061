// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

extension JSONNode {
  static func number(_ value: Double) -> JSONNode { JSONNode(.number(value)) }
  static func text(_ value: String) -> JSONNode { JSONNode(.string(value)) }
  static func boolean(_ value: Bool) -> JSONNode { JSONNode(.boolean(value)) }
  static func array(_ values: [JSONNode]) -> JSONNode { JSONNode(.array(values)) }
  static func numbers(_ values: [Double]) -> JSONNode {
    JSONNode(.numbers(JSONNumbers(values: values)))
  }
  static func object(_ members: [String: JSONNode]) -> JSONNode {
    JSONNode(.object(members.map { JSONMember(key: $0.key, value: $0.value) }))
  }

  /// A member that has to be there.
  func member(_ key: String) throws -> JSONNode {
    try #require(self[key], "pyhf's answer has no '\(key)'")
  }

  /// Numbers that have to be there; NaN for null.
  func values(_ key: String) throws -> [Double] {
    let elements = try #require(try member(key).elements, "'\(key)' is no array")
    return elements.map { $0.double ?? .nan }
  }

  /// A number that has to be there; NaN for null.
  func value(_ key: String) throws -> Double { try member(key).double ?? .nan }
}
