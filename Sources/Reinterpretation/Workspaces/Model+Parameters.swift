// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Workflow

extension Model {
  /// A flat vector by parameter: name → its values in order.
  func named(_ values: [Double]) -> [String: [Double]] {
    Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, Array(values[$0.range])) })
  }

  /// A fitted vector with values that lie on a bound, but for rounding, moved onto it: a signal
  /// strength of 2e-21 is 0.
  func onBounds(_ values: [Double]) -> [Double] {
    values.indices.map { onBound(values[$0], at: $0) }
  }

  /// The same for one value of the flat vector.
  func onBound(_ value: Double, at index: Int) -> Double {
    [bounds[index].lowerBound, bounds[index].upperBound]
      .first { abs(value - $0) <= 1e-14 * max(1, abs($0)) } ?? value
  }

  /// The same for a fitted signal strength.
  func onBound(signalStrength value: Double) -> Double {
    parameterOfInterest.map { onBound(value, at: $0) } ?? value
  }

  /// The flat vector a JSON file (parameter → list of values) describes.
  func point(readFrom file: String?) throws -> [Double] {
    guard let file else { return inits }
    let bytes = try Data(WorkspaceSource.bytes(of: file))
    let values: [String: [Double]]
    do {
      values = try JSONDecoder().decode([String: [Double]].self, from: bytes)
    } catch {
      throw Failure.refused(
        "\(file): this is not a JSON object of parameter names and lists of finite numbers, "
          + "such as {\"mu\": [1.0]} (\(error.sentence)).")
    }
    return try point(values, from: file)
  }

  private func point(_ values: [String: [Double]], from file: String) throws -> [Double] {
    let known = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
    var point = inits
    var problems: [String] = []
    for (name, list) in values.sorted(by: { $0.key < $1.key }) {
      if let parameter = known[name] {
        if list.count == parameter.range.count {
          point.replaceSubrange(parameter.range, with: list)
        } else {
          problems.append(
            "\(file): '\(name)' has \(list.count) values here, and \(parameter.range.count) in the "
              + "model.")
        }
      } else {
        let near = Suggestion.hint(for: name, among: known.keys.sorted(), known: "it has")
        problems.append("\(file): the model has no parameter '\(name)'\(near).")
      }
    }
    guard problems.isEmpty else { throw Failure.refused(problems.joined(separator: "\n")) }
    return point
  }
}

extension Error {
  /// What a decoding error says, without its Swift type names.
  fileprivate var sentence: String {
    guard let error = self as? DecodingError else { return "\(self)" }
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      return place.isEmpty ? context.debugDescription : "at \(place): \(context.debugDescription)"
    @unknown default:
      return "\(error)"
    }
  }
}
