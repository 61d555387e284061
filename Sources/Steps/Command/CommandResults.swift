// SPDX-License-Identifier: Apache-2.0
import Foundation
import Workflow

/// Reads the result rows a program wrote: `{"results": [{"quantity": "cls", "value": 0.02}, …]}`.
enum CommandResults {
  private struct File: Decodable { var results: [Row] }

  private struct Row: Decodable {
    var quantity: String
    var subject: String?
    var sigma: Int?
    var value: Double
    var uncertainty: Double?
    var entries: Int?
    var sumW: Double?
    var sumW2: Double?
    var unit: String?

    enum CodingKeys: String, CodingKey {
      case quantity, subject, sigma, value, uncertainty, entries, unit
      case sumW = "sum_w"
      case sumW2 = "sum_w2"
    }
  }

  /// The rows of a file.
  ///
  /// - Throws: `StepError` for what isn't of that form and for quantities outside the vocabulary.
  static func rows(of data: Data, output: String) throws -> [ResultValue] {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: data)
    } catch {
      throw StepError(
        "the output '\(output)' does not hold results as "
          + "{\"results\": [{\"quantity\": \"cls\", \"value\": 0.02}]}: \(error)")
    }
    return try file.results.map { row in
      guard let quantity = Quantity(rawValue: row.quantity) else {
        let hint = Suggestion.hint(
          for: row.quantity, among: Quantity.allCases.map(\.rawValue), known: "quantities")
        throw StepError("the output '\(output)' has the unknown quantity '\(row.quantity)'\(hint)")
      }
      if let sigma = row.sigma, !(-2...2).contains(sigma) {
        throw StepError(
          "the output '\(output)' gives sigma \(sigma) for '\(row.quantity)'; it is −2 to 2")
      }
      return ResultValue(
        quantity, subject: row.subject, sigma: row.sigma, value: row.value,
        uncertainty: row.uncertainty, entries: row.entries, sumW: row.sumW, sumW2: row.sumW2,
        unit: row.unit)
    }
  }
}
