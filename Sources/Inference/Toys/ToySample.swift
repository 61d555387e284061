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

  /// Number of each toy, ascending.
  public private(set) var numbers: [Int] = []
  /// The test statistic of each toy, in the order of `numbers`; ≥ 0.
  public private(set) var statistics: [Double] = []
  /// Ascending in number; none of them among `numbers`.
  public private(set) var failures: [Failure] = []

  /// No toys.
  public init() {}

  /// Toys by ascending numbers.
  init(_ toys: [(number: Int, statistic: Result<Double, FitFailure>)]) {
    for toy in toys {
      switch toy.statistic {
      case .success(let statistic):
        numbers.append(toy.number)
        statistics.append(statistic)
      case .failure(let failure):
        failures.append(Failure(number: toy.number, message: failure.description))
      }
    }
  }

  /// Toys made, failed ones not counted.
  public var count: Int { statistics.count }

  /// Whether each toy of a range was neither made nor failed.
  func isMissing(in range: Range<Int>) -> [Bool] {
    var isMissing = [Bool](repeating: true, count: range.count)
    for number in numbers + failures.map(\.number) where range.contains(number) {
      isMissing[number - range.lowerBound] = false
    }
    return isMissing
  }

  /// A number that both have, made or failed.
  func firstNumber(sharedWith other: ToySample) -> Int? {
    let known = Set(numbers).union(failures.map(\.number))
    return (other.numbers + other.failures.map(\.number)).filter(known.contains).min()
  }

  /// Adds toys with other numbers.
  mutating func add(_ other: ToySample) {
    let all = (Array(zip(numbers, statistics)) + Array(zip(other.numbers, other.statistics)))
      .sorted { $0.0 < $1.0 }
    numbers = all.map(\.0)
    statistics = all.map(\.1)
    failures = (failures + other.failures).sorted { $0.number < $1.number }
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
  ///   statistics, or where a toy that failed is among them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func refuse(_ key: CodingKeys, _ problem: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: container, debugDescription: problem)
    }
    let statistics = try container.decode([Double].self, forKey: .statistics)
    guard statistics.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw refuse(.statistics, "a test statistic can't be below 0")
    }
    for run in try container.decode([[Int]].self, forKey: .runs) {
      guard run.count == 2, run[0] > numbers.last ?? -1, run[1] > 0,
        run[1] <= statistics.count - numbers.count, run[0] <= Int.max - run[1]
      else {
        throw refuse(
          .runs, "each run must be [first, count], ascending and apart, with a statistic per toy")
      }
      numbers += run[0]..<run[0] + run[1]
    }
    guard numbers.count == statistics.count else {
      throw refuse(
        .statistics, "there are \(statistics.count) test statistics for \(numbers.count) toys")
    }
    self.statistics = statistics
    failures = try container.decode([Failure].self, forKey: .failures)
    let failed = failures.map(\.number)
    guard zip(failed, failed.dropFirst()).allSatisfy({ $0 < $1 }), failed.first ?? 0 >= 0,
      Set(numbers).isDisjoint(with: failed)
    else {
      throw refuse(.failures, "the toys that failed must ascend and not be among the runs")
    }
  }
}
