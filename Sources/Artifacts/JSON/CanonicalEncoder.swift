// SPDX-License-Identifier: Apache-2.0
import Foundation

extension JSONValue {
  /// What `value` encodes as.
  init<Value: Encodable>(encoding value: Value, at path: [any CodingKey]) throws {
    if let data = value as? Data {
      self = .string(data.base64EncodedString())
    } else if let url = value as? URL {
      self = .string(url.absoluteString)
    } else if let set = value as? any UnorderedMembers {
      self = .array(try set.canonicalMembers(at: path))
    } else {
      if let dictionary = Value.self as? any UnorderedPairs.Type, !dictionary.hasTextKeys {
        throw CanonicalJSONError(
          at: path, "a dictionary with keys of type \(dictionary.keyName) has no defined order")
      }
      let encoder = CanonicalEncoder(at: path)
      try value.encode(to: encoder)
      self = encoder.slot.value
    }
  }
}

/// A `Set`, whose own coding writes its members in an order that changes with each process.
private protocol UnorderedMembers {
  func canonicalMembers(at path: [any CodingKey]) throws -> [JSONValue]
}

extension Set: UnorderedMembers where Element: Encodable {
  fileprivate func canonicalMembers(at path: [any CodingKey]) throws -> [JSONValue] {
    try map { member in
      let value = try JSONValue(encoding: member, at: path)
      var bytes: [UInt8] = []
      try value.write(to: &bytes)
      return (bytes, value)
    }
    .sorted { $0.0.lexicographicallyPrecedes($1.0) }
    .map(\.1)
  }
}

/// A `Dictionary`, whose own coding writes pairs in hash order unless its keys are text.
private protocol UnorderedPairs {
  static var hasTextKeys: Bool { get }
  static var keyName: String { get }
}

extension Dictionary: UnorderedPairs {
  fileprivate static var hasTextKeys: Bool {
    Key.self is String.Type || Key.self is Int.Type || Key.self is any CodingKeyRepresentable.Type
  }
  fileprivate static var keyName: String { "\(Key.self)" }
}

/// A place in the tree that is being encoded: classes, because containers write into a parent that
/// holds them already.
private final class Slot {
  enum Content { case empty, single, array, object }
  private(set) var content = Content.empty
  private var single = JSONValue.null
  private var elements: [Slot] = []
  private var fields: [String: Slot] = [:]

  /// A type that encodes nothing at all is an empty object.
  var value: JSONValue {
    switch content {
    case .empty: .object([:])
    case .single: single
    case .array: .array(elements.map(\.value))
    case .object: .object(fields.mapValues(\.value))
    }
  }
  var count: Int { elements.count }

  func become(_ kind: Content) { if content == .empty { content = kind } }

  func set(_ value: JSONValue) {
    content = .single
    single = value
  }

  func append() -> Slot {
    let slot = Slot()
    elements.append(slot)
    return slot
  }

  func field(_ key: String) -> Slot {
    let slot = fields[key] ?? Slot()
    fields[key] = slot
    return slot
  }
}

private struct IndexKey: CodingKey {
  let index: Int
  var intValue: Int? { index }
  var stringValue: String { String(index) }
  init(_ index: Int) { self.index = index }
  init?(intValue: Int) { index = intValue }
  init?(stringValue: String) { nil }
}

private struct SuperKey: CodingKey {
  var intValue: Int? { nil }
  var stringValue: String { "super" }
  init() {}
  init?(intValue: Int) { nil }
  init?(stringValue: String) { nil }
}

private struct CanonicalEncoder: Encoder {
  let codingPath: [any CodingKey]
  let slot: Slot
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(at path: [any CodingKey], slot: Slot = Slot()) {
    codingPath = path
    self.slot = slot
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    slot.become(.object)
    return KeyedEncodingContainer(KeyedFields<Key>(codingPath: codingPath, slot: slot))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.become(.array)
    return Elements(codingPath: codingPath, slot: slot)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleValue(codingPath: codingPath, slot: slot)
  }
}

private struct KeyedFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let codingPath: [any CodingKey]
  let slot: Slot

  func encodeNil(forKey key: Key) { slot.field(key.stringValue).set(.null) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    slot.field(key.stringValue).set(try JSONValue(encoding: value, at: codingPath + [key]))
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
    -> KeyedEncodingContainer<Nested>
  { encoder(for: key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(for: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder(for: SuperKey()) }
  func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }

  private func encoder(for key: any CodingKey) -> CanonicalEncoder {
    CanonicalEncoder(at: codingPath + [key], slot: slot.field(key.stringValue))
  }
}

private struct Elements: UnkeyedEncodingContainer {
  let codingPath: [any CodingKey]
  let slot: Slot
  var count: Int { slot.count }

  func encodeNil() { slot.append().set(.null) }

  func encode<Value: Encodable>(_ value: Value) throws {
    let value = try JSONValue(encoding: value, at: codingPath + [IndexKey(count)])
    slot.append().set(value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type)
    -> KeyedEncodingContainer<Nested>
  { encoder().container(keyedBy: type) }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder() }

  private func encoder() -> CanonicalEncoder {
    let path = codingPath + [IndexKey(count)]
    return CanonicalEncoder(at: path, slot: slot.append())
  }
}

private struct SingleValue: SingleValueEncodingContainer {
  let codingPath: [any CodingKey]
  let slot: Slot

  func encodeNil() { slot.set(.null) }
  func encode(_ value: Bool) { slot.set(.bool(value)) }
  func encode(_ value: String) { slot.set(.string(value)) }
  func encode(_ value: Double) throws { try encode(floatingPoint: value) }
  func encode(_ value: Float) throws { try encode(floatingPoint: value) }

  func encode<Value: Encodable>(_ value: Value) throws {
    // The standard number types come here too: each encodes itself into a single value, which
    // would never end.
    if let integer = value as? any BinaryInteger {
      slot.set(.number(String(describing: integer)))
    } else {
      slot.set(try JSONValue(encoding: value, at: codingPath))
    }
  }

  private func encode<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    floatingPoint value: Number
  ) throws {
    guard let text = JSONValue.text(of: value) else {
      throw CanonicalJSONError(
        at: codingPath, "\(value) is not finite, and JSON has no such number")
    }
    slot.set(.number(text))
  }
}
