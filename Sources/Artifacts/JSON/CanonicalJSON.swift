// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// One JSON text for one value, whatever library version writes it: what fingerprints are made of.
///
/// - Keys are sorted by the bytes of their UTF-8; there is no white space.
/// - Numbers are the shortest decimal text that reads back as the same number. A floating-point
///   number without a fraction is written as an integer, and −0 as 0, so that `2` and `2.0` are
///   one value. Numbers that are not finite are refused.
/// - Text is UTF-8; only `"`, `\` and control characters are escaped.
/// - `Data` is base64 text, `URL` its absolute text. A `Set` is sorted by the text of its members.
///   A dictionary whose keys are not text, integers or `CodingKeyRepresentable` has no defined
///   order and is refused.
public enum CanonicalJSON {
  /// The canonical UTF-8 text of a value.
  ///
  /// - Throws: `CanonicalJSONError`, or what the value's own `encode(to:)` throws.
  public static func data(_ value: some Encodable) throws -> Data {
    var bytes: [UInt8] = []
    try JSONValue(encoding: value, at: []).write(to: &bytes)
    return Data(bytes)
  }

  /// The canonical text of a value, for messages and tests.
  package static func text(_ value: some Encodable) throws -> String {
    String(decoding: try data(value), as: UTF8.self)
  }
}

/// Why a value has no canonical JSON.
public struct CanonicalJSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where in the value, as in `bins[2].value`; empty for the value itself.
  public let path: String
  /// What is wrong there, without the place.
  public let problem: String

  init(at path: [any CodingKey], _ problem: String) {
    self.path = path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    self.problem = problem
  }

  /// The whole sentence.
  public var description: String { path.isEmpty ? problem : "\(path): \(problem)" }
}
