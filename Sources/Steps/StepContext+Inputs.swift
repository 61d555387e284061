// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import HistFactory
import Workflow

extension StepContext {
  /// The one file of an input, its bytes checked against their digest.
  func bytes(of port: String) throws -> Data {
    guard let input = inputs[port] else { throw StepError("the input '\(port)' is missing") }
    guard input.artifacts.count == 1, let artifact = input.artifacts.first else {
      throw StepError("the input '\(port)' must be one file, but it is \(input.artifacts.count)")
    }
    return try store.data(for: artifact)
  }

  /// The value of an input, or of its one file in JSON when there is none beside it; nil when the
  /// input is absent.
  func value<Value: Decodable>(of port: String, as type: Value.Type) throws -> Value? {
    guard let input = inputs[port] else { return nil }
    if let data = input.value { return try JSONDecoder().decode(type, from: data) }
    do {
      return try JSONDecoder().decode(type, from: try bytes(of: port))
    } catch is DecodingError {
      throw StepError("the input '\(port)' is a file that does not hold the value that is needed")
    }
  }

  /// The cross section of an input: the signal's, or the file of a program, spelt as in a signal
  /// file; nil when the input is absent.
  func crossSection(of port: String) throws -> CrossSection? {
    guard let input = inputs[port], input.value == nil else {
      return try value(of: port, as: CrossSection.self)
    }
    let text = try text(of: port)
    do {
      return try CrossSection(yaml: text, file: port)
    } catch {
      throw StepError("the file of the input '\(port)' is no cross section:\n\(error)")
    }
  }

  /// The one file of an input as text.
  func text(of port: String) throws -> String {
    guard let text = String(validating: try bytes(of: port), as: UTF8.self) else {
      throw StepError("the file of the input '\(port)' is not text in UTF-8")
    }
    return text
  }

  /// The workspace of an input, parsed and checked.
  func workspace(of port: String) throws -> Workspace {
    try Workspace(json: Array(try bytes(of: port)), source: port)
  }

  /// The model of an input's workspace.
  func model(of port: String, measurement: String?) throws -> Model {
    try Model(try workspace(of: port), measurement: measurement)
  }

  /// What the optional input `signal` says the signal is; nil without it.
  func signalSample() throws -> SignalSample? {
    guard inputs["signal"] != nil else { return nil }
    return try JSONDecoder().decode(SignalSample.self, from: try bytes(of: "signal"))
  }

  /// Stores a value as canonical JSON.
  func put(_ value: some Encodable) throws -> Artifact {
    try store.put(try CanonicalJSON.data(value), mediaType: "application/json")
  }
}
