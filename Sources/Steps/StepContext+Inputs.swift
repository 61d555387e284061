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

  /// The value of an input that comes without a file; nil when the input is absent.
  func value<Value: Decodable>(of port: String, as type: Value.Type) throws -> Value? {
    guard let input = inputs[port] else { return nil }
    guard let data = input.value else {
      throw StepError("the input '\(port)' is a file, but a value is needed")
    }
    return try JSONDecoder().decode(type, from: data)
  }

  /// The workspace of an input, parsed and checked.
  func workspace(of port: String) throws -> Workspace {
    try Workspace(json: Array(try bytes(of: port)), source: port)
  }

  /// The model of an input's workspace.
  func model(of port: String, measurement: String?) throws -> Model {
    try Model(try workspace(of: port), measurement: measurement)
  }

  /// Stores a value as canonical JSON.
  func put(_ value: some Encodable) throws -> Artifact {
    try store.put(try CanonicalJSON.data(value), mediaType: "application/json")
  }
}
