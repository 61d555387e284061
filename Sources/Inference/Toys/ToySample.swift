// SPDX-License-Identifier: Apache-2.0

/// The test statistics of the toys of one hypothesis, by their numbers.
public struct ToySample: Sendable, Hashable {
  /// A toy without a test statistic.
  public struct Failure: Sendable, Hashable, Codable {
    /// Number of the toy.
    public let number: Int
    /// Why, as a sentence.
    public let message: String
  }

  /// Number of each toy, ascending, and its test statistic.
  public private(set) var numbers: [Int] = []
  /// See `numbers`.
  public private(set) var statistics: [Double] = []
  /// Ascending in number.
  public private(set) var failures: [Failure] = []

  /// No toys.
  public init() {}

  /// Toys made, failed ones not counted.
  public var count: Int { statistics.count }

  /// Those of a range that were neither made nor failed.
  func missing(in range: Range<Int>) -> [Int] {
    let known = Set(numbers).union(failures.map(\.number))
    return range.filter { !known.contains($0) }
  }

  /// Adds toys; those with a number that is there already are left out, being the same.
  mutating func add(
    _ toys: [(number: Int, statistic: Double)], failures new: [Failure] = []
  ) {
    let known = Set(numbers)
    let all =
      (Array(zip(numbers, statistics))
      + toys.filter { !known.contains($0.number) }.map { ($0.number, $0.statistic) })
      .sorted { $0.0 < $1.0 }
    numbers = all.map(\.0)
    statistics = all.map(\.1)
    let failed = Set(failures.map(\.number))
    failures = (failures + new.filter { !failed.contains($0.number) })
      .sorted { $0.number < $1.number }
  }

  mutating func add(_ other: ToySample) {
    add(Array(zip(other.numbers, other.statistics)).map { ($0.0, $0.1) }, failures: other.failures)
  }
}

extension ToySample: Codable {
  private enum CodingKeys: String, CodingKey { case runs, statistics, failures }

  /// Numbers are written as runs, [first, count].
  public func encode(to encoder: any Encoder) throws {
    var runs: [[Int]] = []
    for number in numbers {
      if let last = runs.last, last[0] + last[1] == number {
        runs[runs.count - 1][1] += 1
      } else {
        runs.append([number, 1])
      }
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(runs, forKey: .runs)
    try container.encode(statistics, forKey: .statistics)
    try container.encode(failures, forKey: .failures)
  }

  /// - Throws: `DecodingError` where runs overlap or don't have as many numbers as there are
  ///   statistics.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let runs = try container.decode([[Int]].self, forKey: .runs)
    let statistics = try container.decode([Double].self, forKey: .statistics)
    var next = 0
    var total = 0
    for run in runs {
      guard run.count == 2, run[0] >= next, run[1] > 0, run[1] <= statistics.count - total,
        run[0] <= Int.max - run[1]
      else {
        throw DecodingError.dataCorruptedError(
          forKey: .runs, in: container,
          debugDescription:
            "runs of toys must be [first, count], ascending and apart, with as many "
            + "toys as there are statistics")
      }
      next = run[0] + run[1]
      total += run[1]
    }
    guard total == statistics.count, statistics.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .statistics, in: container,
        debugDescription: "there must be one test statistic, not below 0, for each toy of the runs")
    }
    numbers = runs.flatMap { Array($0[0]..<$0[0] + $0[1]) }
    self.statistics = statistics
    failures = try container.decode([Failure].self, forKey: .failures)
  }
}
