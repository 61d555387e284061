// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// A signal's point as the JSON object that rows hold.
enum PointText {
  static func encode(_ point: [String: Double]) throws -> String {
    String(decoding: try CanonicalJSON.data(point), as: UTF8.self)
  }

  static func decode(_ text: String) throws -> [String: Double] {
    do {
      return try JSONDecoder().decode([String: Double].self, from: Data(text.utf8))
    } catch {
      throw RegistryError(.corrupt, "'\(text)' is not a point: a JSON object of numbers")
    }
  }
}
