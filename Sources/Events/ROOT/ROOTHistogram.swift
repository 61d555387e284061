// SPDX-License-Identifier: Apache-2.0

/// A one-dimensional histogram of a ROOT file (TH1C, TH1S, TH1I, TH1L, TH1F, TH1D).
public struct ROOTHistogram: Sendable, Hashable {
  /// Its title.
  public let title: String
  /// Edges of the bins, ascending; one more than there are bins.
  public let edges: [Double]
  /// Σw of each bin, without underflow and overflow.
  public let contents: [Double]
  /// Σw² of each bin; nil where the histogram was filled without weights and doesn't store it.
  public let squares: [Double]?
  /// Σw below the first and beyond the last edge.
  public let underflow: Double, overflow: Double

  /// A histogram of contents in bins.
  ///
  /// - Throws: EventFileError unless the edges ascend and everything has the number of bins.
  public init(
    title: String = "", edges: [Double], contents: [Double], squares: [Double]? = nil
  ) throws {
    guard edges.count == contents.count + 1, !contents.isEmpty,
      squares.map({ $0.count == contents.count }) ?? true,
      zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw EventFileError(
        path: "histogram",
        message: "has \(contents.count) bins, \(edges.count) edges, which must "
          + "ascend and be one more, and \(squares?.count ?? contents.count) squares")
    }
    self.title = title
    self.edges = edges
    self.contents = contents
    self.squares = squares
    underflow = 0
    overflow = 0
  }

  /// √Σw² of each bin, Σw² being Σw where it isn't stored (NaN for a negative one).
  public var uncertainties: [Double] { (squares ?? contents).map { $0.squareRoot() } }
}

extension ROOTHistogram {
  /// The classes with the size of a stored bin.
  private static let classes: [String: StoredNumber] = [
    "TH1C": .int8, "TH1S": .int16, "TH1I": .int32, "TH1L": .int64, "TH1F": .float32,
    "TH1D": .float64,
  ]

  /// Whether objects of a class are read.
  static func isReadable(_ className: String) -> Bool { classes[className] != nil }

  /// Layout of TH1 versions 3 (ROOT 3, 2001) to 8, which differ behind the fields read here.
  init(_ bytes: [UInt8], keyLength: Int, className: String) throws {
    guard let number = Self.classes[className] else {
      throw FileProblem("is a \(className), which is no one-dimensional histogram")
    }
    var stream = ObjectStream(bytes, keyLength: keyLength)
    _ = try stream.versionHeader()
    let (version, end) = try stream.versionHeader()
    guard version >= 3, let end else {
      throw FileProblem("is a \(className) of a version before 2001; copy the histogram")
    }
    title = try stream.named().title
    for attribute in ["line style", "fill style", "marker style"] {
      try stream.skipObject(attribute)
    }
    let cells = try stream.cursor.int(Int32.self)
    let edges = try Self.edges(&stream)
    for axis in ["y axis", "z axis"] { try stream.skipObject(axis) }
    try stream.cursor.skip(4)  // offset and width of bars
    try stream.cursor.skip(8 * 8)  // entries, four sums, maximum, minimum, norm
    _ = try Self.doubles(&stream, "contour levels")
    let squares = try Self.doubles(&stream, "squared weights")
    try stream.cursor.move(to: end)
    let sums = try Self.numbers(&stream, number)
    guard cells == edges.count + 1, sums.count == cells, squares.isEmpty || squares.count == cells
    else {
      throw FileProblem(
        "has \(edges.count - 1) bins but \(sums.count) sums and \(squares.count) squares")
    }
    self.edges = edges
    contents = Array(sums[1..<cells - 1])
    underflow = sums[0]
    overflow = sums[cells - 1]
    self.squares = squares.isEmpty ? nil : Array(squares[1..<cells - 1])
  }

  /// TAxis: a number of bins with equal or with given edges.
  private static func edges(_ stream: inout ObjectStream) throws -> [Double] {
    guard let end = try stream.versionHeader().end else {
      throw FileProblem("has an axis without a length")
    }
    _ = try stream.named()
    try stream.skipObject("axis style")
    let bins = try stream.cursor.int(Int32.self)
    let low = try stream.double(), high = try stream.double()
    let given = try doubles(&stream, "edges")
    try stream.cursor.move(to: end)
    guard bins > 0, bins < stream.cursor.end, given.isEmpty || given.count == bins + 1 else {
      throw FileProblem("has an axis of \(bins) bins with \(given.count) edges")
    }
    guard low < high, low.isFinite, high.isFinite,
      zip(given, given.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw FileProblem("has an axis whose edges don't ascend")
    }
    if !given.isEmpty { return given }
    return (0...bins).map { $0 == bins ? high : low + (high - low) * Double($0) / Double(bins) }
  }

  /// TArrayD.
  private static func doubles(_ stream: inout ObjectStream, _ what: String) throws -> [Double] {
    let count = try stream.cursor.count(Int32.self, of: what, itemBytes: 8)
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try stream.double()) }
    return values
  }

  /// TArrayC … TArrayD.
  private static func numbers(
    _ stream: inout ObjectStream, _ number: StoredNumber
  ) throws -> [Double] {
    let count = try stream.cursor.count(Int32.self, of: "bins", itemBytes: number.byteCount)
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      let value: Double =
        switch number {
        case .int8: Double(try stream.cursor.next(Int8.self))
        case .int16: Double(try stream.cursor.next(Int16.self))
        case .int32: Double(try stream.cursor.next(Int32.self))
        case .int64: Double(try stream.cursor.next(Int64.self))
        case .float32: Double(Float(bitPattern: try stream.cursor.next(UInt32.self)))
        default: try stream.double()
        }
      values.append(value)
    }
    return values
  }
}

extension ObjectStream {
  fileprivate mutating func double() throws -> Double {
    Double(bitPattern: try cursor.next(UInt64.self))
  }
}
