// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// Parameters, −2 log L, its gradient and expected data beside pyhf's.
struct LikelihoodComparison {
  let draw: WorkspaceDraw
  let model: Model
  let peer: PeerProcess
  let peerModel: PeerModel

  func parameters(_ tally: inout PeerTally) {
    tally.count("models")
    let data = model.data.main + model.data.auxiliary
    var differences: [String] = []
    if model.parameterNames != peerModel.names { differences.append("names") }
    if !isClose(model.inits, peerModel.inits) { differences.append("inits") }
    let bounds = model.bounds.flatMap { [$0.lowerBound, $0.upperBound] }
    if !isClose(bounds, peerModel.bounds.flatMap { $0 }) { differences.append("bounds") }
    if model.isFixed != peerModel.isFixed { differences.append("fixed") }
    if model.parameterOfInterest != peerModel.poi { differences.append("poi") }
    if !isClose(data, peerModel.data) { differences.append("data") }
    if model.data.main.count != peerModel.mainCount { differences.append("number of bins") }
    if !differences.isEmpty {
      tally.disagree("\(draw): the model's \(differences.joined(separator: ", "))")
    }
  }

  /// At three points, of which the last leaves the range of the templates.
  func values(_ tally: inout PeerTally) async throws {
    var draw = draw
    let points = [false, false, true].map { draw.point(of: model, wide: $0) }
    let answers = try await peer.evaluate(points, gradients: true).elements ?? []
    let likelihood = Likelihood(model, data: model.data)
    var gradient: [Double] = []
    for (point, answer) in zip(points, answers) {
      let value = 2 * likelihood.evaluate(point, gradient: &gradient)
      let theirs = try answer.value("twiceNLL")
      guard value.isFinite, theirs.isFinite else {
        // Infinite or not a number on both sides: some bin expects less than nothing.
        tally.refuse("points without a likelihood")
        if value.isFinite != theirs.isFinite {
          tally.disagree("\(draw): −2 log L is \(value) here and \(theirs) in pyhf at \(point)")
        }
        continue
      }
      tally.count("values")
      if abs(value - theirs) > PeerRules.value * max(1, abs(theirs)) {
        tally.disagree("\(draw): −2 log L is \(value), in pyhf \(theirs) at \(point)")
      }
      let expected = model.expectedData(point)
      if !isClose(expected.main + expected.auxiliary, try answer.values("expected")) {
        tally.disagree("\(draw): expected data differ at \(point)")
      }
      // A difference quotient across a lower limit of yields says nothing.
      if !draw.hasLowerLimits {
        compare(gradient.map { 2 * $0 }, try answer.values("gradient"), at: point, &tally)
      }
    }
  }

  private func compare(
    _ ours: [Double], _ theirs: [Double], at point: [Double], _ tally: inout PeerTally
  ) {
    tally.count("gradients")
    let scale = max(10, theirs.map(abs).max() ?? 0)
    for (index, pair) in zip(ours, theirs).enumerated()
    where !(abs(pair.0 - pair.1) < PeerRules.gradient * scale) {
      tally.disagree(
        "\(draw): ∂(−2 log L)/∂'\(model.parameterNames[index])' is \(pair.0), in pyhf \(pair.1) "
          + "at \(point)")
    }
  }

  private func isClose(_ ours: [Double], _ theirs: [Double]) -> Bool {
    ours.count == theirs.count
      && zip(ours, theirs).allSatisfy { abs($0 - $1) <= 1e-11 * max(1, abs($1)) }
  }
}

extension WorkspaceDraw: CustomStringConvertible {
  /// How to see the draw again.
  var description: String { "REPRISE_FUZZ_SEED=\(seed) REPRISE_FUZZ_COUNT=1" }
}
