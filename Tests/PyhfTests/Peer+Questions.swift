// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
import Testing

/// A model as pyhf has it.
struct PeerModel {
  let names: [String]
  let inits: [Double], bounds: [[Double]]
  let fixed: [JSONNode]
  let poi: Int?
  let data: [Double], mainCount: Int

  init(_ answer: JSONNode) throws {
    names = try #require(answer.member("names").elements).compactMap(\.string)
    inits = try answer.values("inits")
    bounds = try #require(answer.member("bounds").elements).map { $0.doubles ?? [] }
    fixed = try #require(answer.member("fixed").elements)
    poi = try answer.member("poi").double.map { Int($0) }
    data = try answer.values("data")
    mainCount = Int(try answer.value("main"))
  }

  var isFixed: [Bool] {
    fixed.map { if case .boolean(let value) = $0.content { value } else { false } }
  }
}

/// A point with pyhf's −2 log L.
struct PeerFit {
  let point: [Double], twiceNLL: Double
}

extension PeerProcess {
  /// Makes a workspace the one that is asked about.
  func load(_ workspace: Workspace, options: ModelOptions) throws -> PeerModel {
    var question: [String: JSONNode] = [
      "workspace": workspace.json, "histosys": .text(options.histosys.rawValue),
      "normsys": .text(options.normsys.rawValue),
    ]
    question["minimumSampleYield"] = options.minimumSampleYield.map { .number($0) }
    question["minimumBinYield"] = options.minimumBinYield.map { .number($0) }
    return try PeerModel(ask("load", question))
  }

  /// −2 log L at points.
  func twiceNLL(at points: [[Double]], data: ModelData? = nil) throws -> [Double] {
    try #require(evaluate(points, data: data, gradients: false).elements).map {
      try $0.value("twiceNLL")
    }
  }

  /// The same with gradients and expected data.
  func evaluate(_ points: [[Double]], data: ModelData? = nil, gradients: Bool) throws -> JSONNode {
    var question: [String: JSONNode] = [
      "points": .array(points.map { .numbers($0) }), "gradients": .boolean(gradients),
    ]
    question["data"] = data.map { .numbers($0.main + $0.auxiliary) }
    return try ask("evaluate", question)
  }

  /// pyhf's best fit, from its usual start or another.
  func fit(
    fixing: [Int: Double] = [:], start: [Double]? = nil, data: ModelData? = nil
  ) throws -> PeerFit {
    var question: [String: JSONNode] = [
      "fixing": .array(fixing.map { .numbers([Double($0.key), $0.value]) })
    ]
    question["start"] = start.map { .numbers($0) }
    question["data"] = data.map { .numbers($0.main + $0.auxiliary) }
    let answer = try ask("fit", question)
    return PeerFit(point: try answer.values("point"), twiceNLL: try answer.value("twiceNLL"))
  }
}
