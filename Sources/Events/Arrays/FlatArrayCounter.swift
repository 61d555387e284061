// SPDX-License-Identifier: Apache-2.0

/// Where the elements of each event begin in the flat arrays of a collection.
final class FlatArrayCounter {
  private let array: any FlatArray
  private let number: StoredNumber
  /// Sum of the counts before each stretch of events, and of all at the end.
  private var starts: [Int] = [0]

  private static let stretch = 4096

  /// Adds up the counts; nil when the array holds no counts.
  init?(_ array: any FlatArray) throws {
    guard let number = array.number, number.columnType == .integer,
      array.shape.count == 1
    else { return nil }
    self.array = array
    self.number = number
    for start in stride(from: 0, to: array.count, by: Self.stretch) {
      let counts = try counts(start..<min(start + Self.stretch, array.count))
      starts.append(try counts.reduce(starts[starts.count - 1], add))
    }
  }

  /// How many events it counts for.
  var entryCount: Int { array.count }
  /// How many elements all events have.
  var total: Int { starts[starts.count - 1] }

  /// Where the elements of events begin in the flat arrays, and where the last one's end.
  func offsets(_ entries: Range<Int>) throws -> [Int] {
    let block = entries.lowerBound / Self.stretch
    let before = block * Self.stretch
    let first = try counts(before..<entries.lowerBound).reduce(starts[block], add)
    var offsets = [first]
    for count in try counts(entries) { offsets.append(try add(offsets[offsets.count - 1], count)) }
    return offsets
  }

  private func counts(_ entries: Range<Int>) throws -> [Int64] {
    guard !entries.isEmpty, case .integers(let counts) = try array.values(entries, number) else {
      return []
    }
    return counts
  }

  private func add(_ sum: Int, _ count: Int64) throws -> Int {
    guard (0...1 << 40).contains(count), sum < 1 << 60 else {
      throw FileProblem("array '\(array.name)'", "has the number of elements \(count)")
    }
    return sum + Int(count)
  }
}
