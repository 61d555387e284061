// SPDX-License-Identifier: Apache-2.0
import Crypto
public import Foundation

/// The SHA-256 digest of some bytes, as 64 lower-case hexadecimal digits.
///
/// A fingerprint names what it was made of: equal bytes have equal fingerprints, in any process
/// and on any machine. It is coded as its text.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 digits of `0-9a-f`.
  public let hex: String

  /// The digest of bytes in memory.
  public init(of bytes: some DataProtocol) {
    var hash = SHA256()
    hash.update(data: bytes)
    self.init(hash.finalize())
  }

  /// A digest somebody wrote down; nil unless it is 64 lower-case hexadecimal digits.
  public init?(hex: String) {
    guard hex.utf8.count == 64, hex.utf8.allSatisfy(Self.isDigit) else { return nil }
    self.hex = hex
  }

  /// The digest of a value's canonical JSON.
  ///
  /// - Throws: `CanonicalJSONError` when a number is not finite or an order is not defined.
  public init(ofCanonicalJSON value: some Encodable) throws {
    self.init(of: try CanonicalJSON.data(value))
  }

  init(_ digest: SHA256Digest) {
    hex = String(
      decoding: digest.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] },
      as: UTF8.self)
  }

  /// The whole text.
  public var description: String { hex }

  /// The first 12 digits, for people.
  public var short: String { String(hex.prefix(12)) }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}

extension Fingerprint: Codable {
  /// Reads the 64 digits.
  ///
  /// - Throws: `DecodingError` when the text is not 64 lower-case hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let fingerprint = Fingerprint(hex: text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is not a fingerprint (64 lower-case hexadecimal digits)")
    }
    self = fingerprint
  }

  /// Writes the 64 digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}

extension Fingerprint: Comparable {
  /// Order of the texts.
  public static func < (left: Fingerprint, right: Fingerprint) -> Bool { left.hex < right.hex }
}
