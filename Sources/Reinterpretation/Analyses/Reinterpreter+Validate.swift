// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Workflow

extension Reinterpreter {
  /// Checks a folder with an analysis, or its YAML file, as ``register(_:)`` would; changes nothing.
  ///
  /// - Parameter path: of the folder or the file.
  /// - Parameter analysis: when given, the path is a signal file, checked against this analysis.
  public func validate(
    _ path: String, analysis: String? = nil
  ) throws(Failure) -> ValidationReport {
    let kind = analysis == nil ? "analysis" : "signal"
    do {
      let name = try checkedName(path, against: analysis)
      return ValidationReport(path: path, kind: kind, name: name, problems: [])
    } catch {
      guard let problems = ValidationReport.problems(of: error) else {
        throw Failure(classifying: error)
      }
      return ValidationReport(path: path, kind: kind, name: nil, problems: problems)
    }
  }

  private func checkedName(_ path: String, against analysis: String?) throws -> String {
    guard let analysis else {
      let folder = try AnalysisFolder(path, catalog: catalog)
      try folder.check()
      return folder.specification.name
    }
    let specification = try preserved(analysis).specification
    let file = try SignalFile(path: path)
    let signal = try file.signal(for: specification)
    try file.checkEvents(against: specification)
    return signal.name
  }
}

extension ValidationReport {
  /// The problems an error tells of; nil when it is not about what was checked.
  fileprivate static func problems(of error: any Error) -> [Problem]? {
    switch error {
    case let invalid as InvalidSpecification:
      invalid.diagnostics.map {
        Problem(
          file: $0.location?.file, line: $0.location?.line, column: $0.location?.column,
          path: $0.path, message: $0.description)
      }
    case let invalid as InvalidWorkspace:
      invalid.problems.map { problem in
        let place = [problem.line, problem.column].compactMap { $0 }.map { ":\($0)" }.joined()
        return Problem(
          file: invalid.source, line: problem.line, column: problem.column, path: problem.path,
          message: "\(invalid.source)\(place): \(problem.path): \(problem.message)")
      }
    default:
      Failure(classifying: error).asProblem.map { [$0] }
    }
  }
}

extension Failure {
  fileprivate var asProblem: ValidationReport.Problem? {
    guard kind == .refused else { return nil }
    return .init(file: nil, line: nil, column: nil, path: nil, message: description)
  }
}
