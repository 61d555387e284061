// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import Testing

/// Training through histograms and a fit, against an independent implementation in JAX.
@Suite(
  .enabled(if: SharedFiles.areAvailable, "needs shared/data/differentiable beside the checkout"))
struct BlobsTests {
  private let blobs: Blobs
  init() throws { blobs = try Blobs() }

  /// log CLs of a batch, a function of the network's parameters and three widths' logarithms.
  private func training(events: Int) -> (tape: Tape, features: Variable) {
    let builder = TapeBuilder()
    let parameters = builder.input(count: Blobs.network.parameterCount)
    let widths = builder.input(count: Blobs.bins)
    let features = builder.constant(Array(repeating: 0, count: 8 * events))
    let histograms = Blobs.histograms(
      Blobs.network(features, parameters), edges: orderedEdges(widths, from: 0, to: 1),
      bandwidth: 0.09)
    return (builder.tape(of: Blobs.logCLs(histograms, Blobs.fit())), features)
  }

  /// log CLs of sharp histograms of the events that weren't trained with.
  private func heldOut(_ point: [Double]) throws -> Double {
    let builder = TapeBuilder()
    let all = Array(0..<blobs.test.count / 2)
    let features = builder.constant(Blobs.samples(blobs.test, all))
    let parameters = builder.input(count: Blobs.network.parameterCount)
    let output = try builder.tape(of: Blobs.network(features, parameters))
      .value(at: Array(point[..<parameters.count]))
    let other = TapeBuilder()
    let edges = orderedEdges(other.constant(Array(point[parameters.count...])), from: 0, to: 1)
    let histograms = Blobs.histograms(
      other.input(count: output.count), edges: edges, bandwidth: 1e-8)
    return try other.tape(of: Blobs.logCLs(histograms, Blobs.fit())).value(at: output)[0]
  }

  private func start(_ seed: UInt64) -> [Double] {
    Blobs.network.initialParameters(seed: seed) + Array(repeating: 0, count: Blobs.bins)
  }

  @Test func lossAgreesWithDifferences() throws {
    let (tape, features) = training(events: 300)
    tape.replace(features, with: Blobs.samples(blobs.training, Array(0..<300)))
    // Along random directions some event crosses a kink of relu within the step.
    let check = try checkGradient(of: tape, at: start(1), directions: 3, step: 1e-6)
    #expect(check.reverseDeviation < 1e-5)
    #expect(check.dualityDeviation < 1e-12)
    // The edges alone are smooth.
    var gradient: [Double] = []
    let point = start(1)
    _ = try tape.gradient(at: point, into: &gradient)
    for i in point.count - Blobs.bins..<point.count {
      var moved = point
      let differences = try [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)].reduce(0) { sum, term in
        moved[i] = point[i] + term.0 * 1e-3
        return sum + term.1 * (try tape.value(at: moved)[0]) / 12e-3
      }
      #expect(abs(gradient[i] - differences) < 1e-7)
    }
  }

  /// The reference reaches 4.9·10⁻⁷ after 60 steps with its seeds and batches.
  @Test func trainingOnLogCLsExcludesTheSignal() throws {
    let (tape, features) = training(events: 2000)
    var point = start(0), gradient: [Double] = []
    var adam = Adam(count: point.count)
    for step in 0..<60 {
      var random = CounterRandom(seed: 0, stream: UInt64(step))
      let batch = random.sample(2000, from: blobs.training.count / 2)
      tape.replace(features, with: Blobs.samples(blobs.training, batch))
      _ = try tape.gradient(at: point, into: &gradient)
      adam.step(&point, gradient: gradient)
    }
    #expect(exp(try heldOut(point)) < 1.5e-6)
  }
}
