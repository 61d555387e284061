// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Sampling
import Workflow

extension SurrogateReport {
  /// Reads what ``Reinterpreter/surrogates(_:)`` gives, as JSON: no registry is needed.
  ///
  /// - Parameter path: of the file; "-" is standard input.
  public init(contentsOf path: String) throws(Failure) {
    self = try classified {
      let bytes = try InputFile.bytes(of: path, limit: InputFile.largestDocument)
      do {
        return try JSONDecoder().decode(Self.self, from: bytes)
      } catch let error as SamplingError {
        throw Failure.refused("\(path): \(error)")
      } catch is DecodingError {
        throw Failure.refused(
          "\(path): these are no surrogates of a scan; 'reprise scan show SCAN --surrogates' prints "
            + "them.")
      }
    }
  }

  /// What the surrogates say of a point of the scan's ranges.
  public func prediction(at point: [String: Double]) throws(Failure) -> PredictionReport {
    try classified {
      let position = try position(of: point)
      // A file may say anything: an axis without length, a process of other dimensions.
      let space = try space()
      return PredictionReport(
        scan: scan, point: point, isAllowed: space.contains(position),
        outputs: try outputs.map { surrogate in
          guard surrogate.process.dimension == parameters.count else {
            throw Failure.refused(
              "the surrogate of '\(surrogate.output.name)' has \(surrogate.process.dimension) "
                + "dimensions, and there are \(parameters.count) parameters.")
          }
          return PredictionReport.Output(
            try ScanOutput(surrogate.output), surrogate.process.prediction(at: position))
        })
    }
  }

  private func position(of point: [String: Double]) throws -> [Double] {
    let names = parameters.map(\.name)
    for other in point.keys.sorted() where !names.contains(other) {
      throw Failure.refused(
        "scan '\(scan)' has no parameter '\(other)'"
          + "\(Suggestion.hint(for: other, among: names, known: "it has")).")
    }
    return try parameters.map { parameter in
      guard let value = point[parameter.name] else {
        throw Failure.refused("the point lacks '\(parameter.name)': give all parameters.")
      }
      guard value >= parameter.lower, value <= parameter.upper else {
        throw Failure.refused(
          "\(parameter.name) = \(value) is outside of the scan's range, \(parameter.lower) to "
            + "\(parameter.upper); there the surrogate knows nothing.")
      }
      return ScanParameter(parameter).fraction(of: value)
    }
  }

  private func space() throws -> ParameterSpace {
    for parameter in parameters
    where !(parameter.lower < parameter.upper) || (parameter.isLogarithmic && parameter.lower <= 0)
    {
      throw Failure.refused(
        "the range of '\(parameter.name)', \(parameter.lower) to \(parameter.upper), is none.")
    }
    let specification = ScanSpecification(
      name: scan, analysis: "", signal: "", parameters: parameters.map(ScanParameter.init),
      constraints: constraints)
    do {
      return try specification.space()
    } catch let error as InvalidExpression {
      throw Failure.refused("the constraints of '\(scan)': \(error)")
    }
  }
}

extension ScanParameter {
  fileprivate init(_ parameter: ScanReport.Parameter) {
    self.init(
      name: parameter.name, lower: parameter.lower, upper: parameter.upper, unit: parameter.unit,
      isLogarithmic: parameter.isLogarithmic)
  }
}

extension ScanOutput {
  fileprivate init(_ output: ScanReport.Output) throws {
    let parts = output.value.split(separator: ".").map(String.init)
    guard parts.count == 2, let quantity = Quantity(rawValue: parts[1]),
      let transform = Transform(rawValue: output.transform)
    else {
      throw Failure.refused(
        "'\(output.value)' with the transform '\(output.transform)' is no output of a scan.")
    }
    self.init(
      name: output.name, step: parts[0], quantity: quantity, sigma: output.sigma,
      subject: output.subject, transform: transform, level: output.level, weight: output.weight)
  }
}

extension PredictionReport.Output {
  fileprivate init(_ output: ScanOutput, _ prediction: (mean: Double, deviation: Double)) {
    let ends = [-1.0, 1].map { output.result(of: prediction.mean + $0 * prediction.deviation) }
    self.init(
      name: output.name, value: output.result(of: prediction.mean),
      lower: min(ends[0], ends[1]), upper: max(ends[0], ends[1]),
      excluded: output.exclusion(mean: prediction.mean, deviation: prediction.deviation))
  }
}
