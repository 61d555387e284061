// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A file of toys that can't be read, as a sentence.
public struct InvalidToyFile: Error, Sendable, CustomStringConvertible {
  /// What is wrong and where, for people.
  public let description: String
}

extension ToyTally: Codable {
  /// The version of the format that is written and read.
  private static let schema = 1

  private enum CodingKeys: String, CodingKey {
    case schema = "toys_schema"
    case plan, observed, tested, alternative
  }

  /// See <doc:AboutToys> for the format.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(plan, forKey: .plan)
    try container.encode(observed, forKey: .observed)
    try container.encode(tested, forKey: .tested)
    try container.encode(alternative, forKey: .alternative)
  }

  /// - Throws: `DecodingError` for another version of the format, or toys that contradict each other.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let schema = try container.decode(Int.self, forKey: .schema)
    guard schema == Self.schema else {
      throw DecodingError.dataCorruptedError(
        forKey: .schema, in: container,
        debugDescription: "version \(schema) of the format isn't known, only \(Self.schema)")
    }
    plan = try container.decode(ToyPlan.self, forKey: .plan)
    observed = try container.decode(Double.self, forKey: .observed)
    guard observed >= 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .observed, in: container, debugDescription: "a test statistic can't be below 0")
    }
    tested = try container.decode(ToySample.self, forKey: .tested)
    alternative = try container.decode(ToySample.self, forKey: .alternative)
  }
}

extension ToyTally {
  /// The tally as a file: JSON with sorted keys, the same bytes for the same toys.
  ///
  /// - Throws: `EncodingError` for a number that isn't finite.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a file of toys.
  ///
  /// - Parameters:
  ///   - json: what `json()` wrote.
  ///   - source: name of the file, for the message.
  /// - Throws: `InvalidToyFile`.
  public init(json: Data, source: String) throws(InvalidToyFile) {
    do {
      self = try JSONDecoder().decode(ToyTally.self, from: json)
    } catch {
      throw InvalidToyFile(
        description: "\(source) is no file of toys: \(Self.problem(error)); make the toys anew")
    }
  }

  private static func problem(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "'\(place(context.codingPath + [key]))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? "it isn't JSON" : "'\(place(context.codingPath))': \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}
