// SPDX-License-Identifier: Apache-2.0

/// Reads the entries of one branch; keeps its current basket, so that reading on in order expands
/// each basket once.
final class BranchReader {
  private let branch: BranchRecord
  private let layout: BranchLayout
  private let counter: BranchReader?
  private let loader: BasketLoader
  private var basket = Basket()
  private var current: Int?
  private var isChecked = false

  /// Columns up to this size are given their memory at once; longer ones grow as baskets prove that
  /// there are so many values.
  private static let reservation = 8 << 20

  init(_ branch: BranchRecord, layout: BranchLayout, counter: BranchReader?, loader: BasketLoader) {
    self.branch = branch
    self.layout = layout
    self.counter = counter
    self.loader = loader
  }

  /// Refuses a branch of another kind of value, one that isn't as long as its tree or whose baskets don't add up to it.
  func check(treeEntries: Int) throws {
    if isChecked { return }
    switch layout {
    case .unsupported(let type):
      throw FileProblem("holds \(type), which this version can't read")
    default: break
    }
    guard branch.otherFile.isEmpty else {
      throw FileProblem("is stored in another file, '\(branch.otherFile)'")
    }
    guard branch.entries == treeEntries else {
      throw FileProblem("has \(branch.entries) entries where the tree has \(treeEntries)")
    }
    let starts = branch.basketStarts
    guard starts.first == 0, starts.last == treeEntries,
      zip(starts, starts.dropFirst()).allSatisfy(<=)
    else {
      throw FileProblem(
        "has baskets for \(starts.last ?? 0) entries where the tree has \(treeEntries)")
    }
    isChecked = true
  }

  /// The values of a range of entries, which lies within the tree.
  func column(_ entries: Range<Int>) throws -> Column {
    switch layout {
    case .unsupported(let type), .text(_, let type):
      throw FileProblem("holds \(type), which is no number")
    case .single(let item):
      var values = ValueBuffer(item, capacity: min(entries.count, Self.reservation))
      try forEachBasket(entries) { try append($0, itemBytes: item.byteCount, to: &values) }
      return Column(values: values.values)
    case .fixed(let item, let count):
      var values = ValueBuffer(item, capacity: 0)
      try forEachBasket(entries) {
        try append($0, itemBytes: item.byteCount * count, to: &values)
      }
      return Column(values: values.values, offsets: (0...entries.count).map { $0 * count })
    case .member(let item, let count, let offset, let entryBytes):
      return try members(item, count, offset, entryBytes, entries)
    case .counted(let item, _):
      return try arrays(item, entries)
    case .container(let number, let depth, _):
      return try containers(number, depth, entries)
    }
  }

  /// The texts of a range of entries, which lies within the tree.
  func texts(_ entries: Range<Int>) throws -> [String] {
    guard case .text(let layout, _) = layout else { throw FileProblem("holds no texts") }
    var texts: [String] = []
    try forEachBasket(entries) { local in
      try basket.bytes.withUnsafeBytes { raw in
        let bytes = UnsafeRawBufferPointer(rebasing: raw[basket.data])
        for entry in local {
          let range = basket.offsets[entry]..<basket.offsets[entry + 1]
          texts.append(try layout.text(UnsafeRawBufferPointer(rebasing: bytes[range])))
        }
      }
    }
    return texts
  }

  /// Runs a body on the part of each basket that the entries touch; the basket is then loaded.
  private func forEachBasket(_ entries: Range<Int>, _ body: (Range<Int>) throws -> Void) throws {
    let starts = branch.basketStarts
    var index = firstBasket(after: entries.lowerBound) - 1
    var entry = entries.lowerBound
    while entry < entries.upperBound {
      let (start, end) = (starts[index], starts[index + 1])
      if entry < end {
        try FileProblem.locating("basket \(index)") {
          try load(index)
          try body(entry - start..<min(end, entries.upperBound) - start)
        }
        entry = min(end, entries.upperBound)
      }
      index += 1
    }
  }

  /// The number of baskets that begin at an entry or before it.
  private func firstBasket(after entry: Int) -> Int {
    var (low, high) = (1, branch.basketStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if branch.basketStarts[middle] <= entry { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func load(_ index: Int) throws {
    if current == index { return }
    current = nil
    var wantsOffsets = false
    var itemBytes = 0
    switch layout {
    case .counted(let item, _): (wantsOffsets, itemBytes) = (true, item.byteCount)
    case .container, .text: wantsOffsets = true
    default: break
    }
    try loader.load(branch.baskets[index], into: &basket, wantsOffsets: wantsOffsets)
    let entries = branch.basketStarts[index]..<branch.basketStarts[index + 1]
    guard basket.entries == entries.count else {
      throw FileProblem("has \(basket.entries) entries where its branch says \(entries.count)")
    }
    if wantsOffsets, basket.offsets.isEmpty, itemBytes > 0 {
      try basket.setOffsets(counts: counts(entries), itemBytes: itemBytes)
    }
    guard !wantsOffsets || basket.offsets.count == entries.count + 1 else {
      throw FileProblem("has no offsets of its entries")
    }
    guard itemBytes == 0 || basket.offsets.allSatisfy({ $0 % itemBytes == 0 }) else {
      throw FileProblem("has entries that end inside a number")
    }
    current = index
  }

  private func counts(_ entries: Range<Int>) throws -> [Int64] {
    guard let counter, case .single = counter.layout else {
      throw FileProblem("has neither offsets nor a counter")
    }
    try counter.check(treeEntries: branch.entries)
    guard case .integers(let counts) = try counter.column(entries).values else {
      throw FileProblem("has a counter that isn't whole numbers")
    }
    return counts
  }

  /// Entries of the same size.
  private func append(_ entries: Range<Int>, itemBytes: Int, to values: inout ValueBuffer) throws {
    guard basket.data.count == basket.entries * itemBytes else {
      throw FileProblem(
        "has \(basket.data.count) bytes for \(basket.entries) entries of \(itemBytes) bytes")
    }
    try basket.bytes.withUnsafeBytes { raw in
      let start = basket.data.lowerBound
      let range = start + entries.lowerBound * itemBytes..<start + entries.upperBound * itemBytes
      try values.append(UnsafeRawBufferPointer(rebasing: raw[range]))
    }
  }

  /// A part of each entry.
  private func members(
    _ item: StoredItem, _ count: Int?, _ offset: Int, _ entryBytes: Int, _ entries: Range<Int>
  ) throws -> Column {
    var values = ValueBuffer(item, capacity: 0)
    let length = item.byteCount * (count ?? 1)
    try forEachBasket(entries) { local in
      guard basket.data.count == basket.entries * entryBytes else {
        throw FileProblem(
          "has \(basket.data.count) bytes for \(basket.entries) entries of \(entryBytes) bytes")
      }
      try basket.bytes.withUnsafeBytes { raw in
        for entry in local {
          let start = basket.data.lowerBound + entry * entryBytes + offset
          try values.append(UnsafeRawBufferPointer(rebasing: raw[start..<start + length]))
        }
      }
    }
    let offsets = count.map { count in (0...entries.count).map { $0 * count } }
    return Column(values: values.values, offsets: offsets)
  }

  /// Arrays, one after the other: only their offsets tell them apart.
  private func arrays(_ item: StoredItem, _ entries: Range<Int>) throws -> Column {
    let itemBytes = item.byteCount
    var values = ValueBuffer(item, capacity: 0)
    var offsets: [Int] = [0]
    offsets.reserveCapacity(min(entries.count + 1, Self.reservation))
    try forEachBasket(entries) { local in
      let starts = basket.offsets[local.lowerBound...local.upperBound]
      guard let first = starts.first, let last = starts.last else { return }
      if values.isEmpty { values.reserve(expected(entries, itemBytes: itemBytes)) }
      let total = offsets[offsets.count - 1] - first / itemBytes
      offsets.append(contentsOf: starts.dropFirst().lazy.map { $0 / itemBytes + total })
      try basket.bytes.withUnsafeBytes { raw in
        let start = basket.data.lowerBound
        try values.append(UnsafeRawBufferPointer(rebasing: raw[start + first..<start + last]))
      }
    }
    return Column(values: values.values, offsets: offsets)
  }

  /// How many values a range of entries has if all its baskets are like the current one.
  private func expected(_ entries: Range<Int>, itemBytes: Int) -> Int {
    let average = Double(basket.data.count / itemBytes) / Double(max(basket.entries, 1))
    return Int(min(1.05 * average * Double(entries.count), Double(Self.reservation)))
  }

  /// Vectors and sets, each behind its header.
  private func containers(_ number: StoredNumber, _ depth: Int, _ entries: Range<Int>) throws
    -> Column
  {
    var values = ValueBuffer(StoredItem(number), capacity: 0)
    var offsets: [Int] = [0]
    offsets.reserveCapacity(min(entries.count + 1, Self.reservation))
    try forEachBasket(entries) { local in
      try basket.bytes.withUnsafeBytes { raw in
        let bytes = UnsafeRawBufferPointer(rebasing: raw[basket.data])
        for entry in local {
          let range = basket.offsets[entry]..<basket.offsets[entry + 1]
          try ContainerEntry.append(
            UnsafeRawBufferPointer(rebasing: bytes[range]), depth: depth, to: &values)
          offsets.append(values.count)
        }
      }
    }
    return Column(values: values.values, offsets: offsets)
  }
}
