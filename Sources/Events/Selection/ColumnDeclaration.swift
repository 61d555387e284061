// SPDX-License-Identifier: Apache-2.0

/// A column the events promise to have: `MET_pt`, or field `pt` of collection `Jet` as `Jet_pt`.
public struct ColumnDeclaration: Sendable, Hashable, Codable {
  /// Name of the column, with the collection's in front: `Jet_pt`.
  public var name: String
  /// Type of its values. A column of integers may stand in for one of reals.
  public var type: ColumnType
  /// The collection it is a field of; nil for one value per event.
  public var collection: String?
  /// A file may lack it; its values are missing then.
  public var isOptional: Bool

  /// A declaration.
  public init(
    name: String, type: ColumnType, collection: String? = nil, isOptional: Bool = false
  ) {
    self.name = name
    self.type = type
    self.collection = collection
    self.isOptional = isOptional
  }

  /// What expressions call the field of a collection: `pt` for `Jet_pt`; nil for an event column.
  public var field: String? {
    guard let collection else { return nil }
    let prefix = collection + "_"
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }
}
