// SPDX-License-Identifier: Apache-2.0

/// A number of a branch as it lies in the file.
struct StoredItem {
  let number: StoredNumber
  /// How it is packed, if it is.
  let packing: Packing?
  /// The file's name of the type.
  let typeName: String

  init(_ number: StoredNumber, packing: Packing? = nil, typeName: String? = nil) {
    self.number = number
    self.packing = packing
    self.typeName = typeName ?? number.rawValue
  }

  /// The number of a leaf; nil for one that isn't a number.
  init?(_ leaf: LeafRecord) throws {
    switch leaf.className {
    case "TLeafF16":
      let packing = try Packing(title: leaf.title, defaultBits: 12)
      self.init(.float32, packing: packing, typeName: "Float16_t")
    case "TLeafD32":
      // Without a range a Double32_t is a float on disk.
      let packing = try Packing(title: leaf.title, defaultBits: nil)
      self.init(.float32, packing: packing, typeName: "Double32_t")
    default:
      guard let number = StoredNumber(leafClass: leaf.className, isUnsigned: leaf.isUnsigned) else {
        return nil
      }
      self.init(number)
    }
  }

  var byteCount: Int { packing?.byteCount ?? number.byteCount }
  var columnType: ColumnType { number.columnType }
}
