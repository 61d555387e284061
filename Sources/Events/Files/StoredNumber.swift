// SPDX-License-Identifier: Apache-2.0

/// The numbers a leaf can hold, as they lie in the file.
enum StoredNumber: String, Sendable {
  case boolean = "bool"
  case int8 = "int8_t"
  case uint8 = "uint8_t"
  case int16 = "int16_t"
  case uint16 = "uint16_t"
  case int32 = "int32_t"
  case uint32 = "uint32_t"
  case int64 = "int64_t"
  case uint64 = "uint64_t"
  case float16 = "half"
  case float32 = "float"
  case float64 = "double"

  var byteCount: Int {
    switch self {
    case .boolean, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  var columnType: ColumnType {
    switch self {
    case .boolean: .boolean
    case .float16, .float32, .float64: .real
    default: .integer
    }
  }

  /// The number of a leaf's class; nil for one that isn't a plain number.
  init?(leafClass: String, isUnsigned: Bool) {
    switch leafClass {
    case "TLeafO": self = .boolean
    case "TLeafB": self = isUnsigned ? .uint8 : .int8
    case "TLeafS": self = isUnsigned ? .uint16 : .int16
    case "TLeafI": self = isUnsigned ? .uint32 : .int32
    case "TLeafL", "TLeafG": self = isUnsigned ? .uint64 : .int64
    case "TLeafF": self = .float32
    case "TLeafD": self = .float64
    default: return nil
    }
  }

  /// The number of a streamer type (ROOT's TVirtualStreamerInfo::EReadWrite).
  init?(streamerType: Int) {
    switch streamerType {
    case 1: self = .int8
    case 2: self = .int16
    case 3, 6: self = .int32  // int, and a counter
    case 4, 16: self = .int64  // long is 64 bits wide in files, as Long64_t
    case 5: self = .float32
    case 8: self = .float64
    case 11: self = .uint8
    case 12: self = .uint16
    case 13: self = .uint32
    case 14, 17: self = .uint64
    case 18: self = .boolean
    default: return nil
    }
  }

  /// The number of a C++ type's name, as class names spell it.
  init?(typeName: String) {
    switch typeName {
    case "bool", "Bool_t": self = .boolean
    case "char", "signed char", "int8_t", "Char_t": self = .int8
    case "unsigned char", "uint8_t", "UChar_t": self = .uint8
    case "short", "int16_t", "Short_t": self = .int16
    case "unsigned short", "uint16_t", "UShort_t": self = .uint16
    case "int", "int32_t", "Int_t": self = .int32
    case "unsigned int", "uint32_t", "UInt_t": self = .uint32
    case "long", "long long", "int64_t", "Long64_t", "Long_t": self = .int64
    case "unsigned long", "unsigned long long", "uint64_t", "ULong64_t", "ULong_t": self = .uint64
    case "float", "Float_t": self = .float32
    case "double", "Double_t": self = .float64
    default: return nil
    }
  }
}
