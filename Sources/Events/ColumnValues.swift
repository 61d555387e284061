// SPDX-License-Identifier: Apache-2.0

extension ColumnValues {
  /// How many values there are.
  var count: Int {
    switch self {
    case .booleans(let values): values.count
    case .integers(let values): values.count
    case .reals(let values): values.count
    }
  }

  /// All values as numbers; true is 1.
  var reals: [Double] {
    switch self {
    case .booleans(let values): values.map { $0 ? 1 : 0 }
    case .integers(let values): values.map(Double.init)
    case .reals(let values): values
    }
  }

  /// A value as text that reads back to the same bits.
  func text(_ index: Int) -> String {
    switch self {
    case .booleans(let values): values[index] ? "true" : "false"
    case .integers(let values): "\(values[index])"
    case .reals(let values): "\(values[index])"
    }
  }
}
