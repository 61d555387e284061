// SPDX-License-Identifier: Apache-2.0

/// Which toys are wanted.
public struct ToyRequest: Sendable, Hashable {
  /// Numbers of the toys of each hypothesis. A toy is a function of the seed, its hypothesis and its
  /// number, so processes that share the work take ranges of their own.
  public var toys: Range<Int>
  /// Seed of all toys; nil takes that of toys made before, else 0.
  public var seed: UInt64?
  /// A file of toys: goes on with it if it is there, and is replaced every few seconds; nil keeps
  /// nothing.
  public var file: String?
  /// Files of toys made elsewhere, to be added.
  public var merged: [String]

  /// Toys that are kept nowhere, unless a file is given.
  public init(
    toys: Range<Int>, seed: UInt64? = nil, file: String? = nil, merged: [String] = []
  ) {
    self.toys = toys
    self.seed = seed
    self.file = file
    self.merged = merged
  }
}

/// How far toys have come.
public struct ToyProgress: Sendable, Hashable {
  /// Toys made of each hypothesis, failed ones included.
  public let made: Int
  /// Toys of each hypothesis there are to be.
  public let wanted: Int
}

/// Toys that were made.
public struct ToyCounts: Sendable, Hashable, Codable {
  /// Of the tested signal strength, failed ones not counted.
  public let tested: Int
  /// Of the alternative, failed ones not counted.
  public let alternative: Int
  /// Those that failed, of both.
  public let failed: Int
}

/// A toy without a test statistic.
public struct ToyFailure: Sendable, Hashable, Codable {
  /// Number of the toy.
  public let number: Int
  /// The signal strength it was drawn with.
  public let mu: Double
  /// Why, as a sentence.
  public let message: String
}
