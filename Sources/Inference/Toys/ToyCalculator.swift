// SPDX-License-Identifier: Apache-2.0
import Foundation
public import HistFactory

/// Tests a signal strength with toys: data sets drawn with that signal strength and with the
/// alternative, at the parameters that fit the data best with either.
///
/// Main and auxiliary data are drawn, as in pyhf's `ToyCalculator`. A toy is a function of the seed,
/// its hypothesis and its number: it doesn't matter how many tasks, processes or machines share the
/// work, nor in which order.
public struct ToyCalculator: Sendable {
  /// What the toys are made for.
  public let plan: ToyPlan
  /// The test statistic of the data.
  public let observed: Double
  private let model: Model
  private let options: FitOptions
  private let poi: Int
  private let testedPoint: [Double], alternativePoint: [Double]

  /// Fits the data.
  ///
  /// - Parameters:
  ///   - model: what is tested.
  ///   - data: nil takes the workspace's observations.
  ///   - mu: the signal strength that is tested; for `q0` it is 0 whatever is given.
  ///   - statistic: the test statistic.
  ///   - seed: of all toys.
  ///   - options: of the fits to the data, and to toys that are hard to fit.
  /// - Throws: `InvalidHypothesis` without a parameter of interest, or with a mu that isn't finite;
  ///   `FitFailure`.
  public init(
    _ model: Model, data: ModelData? = nil, mu: Double = 1, statistic: ProfileStatistic = .qTilde,
    seed: UInt64 = 0, options: FitOptions = FitOptions()
  ) throws {
    let analyzer = try Analyzer(model, data: data, options: options)
    let plan = ToyPlan(
      model, data: data ?? model.data, mu: mu, statistic: statistic, seed: seed)
    poi = try analyzer.parameterOfInterest()
    observed = try analyzer.statistic(statistic, mu: plan.mu)
    testedPoint = try analyzer.conditionalFit(at: plan.mu).point
    alternativePoint = try analyzer.conditionalFit(at: plan.alternativeMu).point
    self.plan = plan
    self.model = model
    self.options = options
  }

  /// A tally without toys.
  public func start() -> ToyTally { ToyTally(plan: plan, observed: observed) }

  /// Makes what is missing of the toys first..<toys of both hypotheses, and adds it to the tally.
  ///
  /// A toy that fails is counted among the failures and ends nothing. A cancelled task adds what it
  /// made so far; call again to go on.
  ///
  /// - Parameters:
  ///   - tally: toys made before, by this or an equal calculator.
  ///   - toys: how many of each hypothesis there are to be in the end.
  ///   - first: number of the first one: jobs that share the work take ranges of their own, such as
  ///     first 1000 and toys 2000.
  ///   - width: number of tasks; nil takes that of the processors.
  /// - Throws: `InvalidHypothesis` if the tally belongs to another plan.
  public func run(
    _ tally: ToyTally, toys: Int, first: Int = 0, width: Int? = nil
  ) async throws -> ToyTally {
    guard tally.plan == plan else {
      throw InvalidHypothesis(
        description:
          "the toys made so far are for another plan (\(tally.plan)) than \(plan): start "
          + "anew, or test what they were made for")
    }
    let tested = tally.tested.missing(in: first..<max(first, toys))
    let alternative = tally.alternative.missing(in: first..<max(first, toys))
    let jobs = tested.map { (true, $0) } + alternative.map { (false, $0) }
    let width = max(
      1, min(width ?? ProcessInfo.processInfo.activeProcessorCount, jobs.count))
    var tally = tally
    await withTaskGroup(of: Batch.self) { group in
      for offset in 0..<width {
        group.addTask {
          batch(stride(from: offset, to: jobs.count, by: width).map { jobs[$0] })
        }
      }
      for await batch in group {
        tally.tested.add(batch.tested, failures: batch.testedFailures)
        tally.alternative.add(batch.alternative, failures: batch.alternativeFailures)
      }
    }
    return tally
  }

  /// The toys of one task.
  private struct Batch: Sendable {
    var tested: [(number: Int, statistic: Double)] = []
    var alternative: [(number: Int, statistic: Double)] = []
    var testedFailures: [ToySample.Failure] = []
    var alternativeFailures: [ToySample.Failure] = []
  }

  private func batch(_ jobs: [(isTested: Bool, number: Int)]) -> Batch {
    let fitter = ToyFitter(
      model, options: options, poi: poi, mu: plan.mu, statistic: plan.statistic)
    let generators = (
      tested: ToyGenerator(model, parameters: testedPoint, seed: plan.seed &* 2),
      alternative: ToyGenerator(model, parameters: alternativePoint, seed: plan.seed &* 2 &+ 1)
    )
    var batch = Batch()
    for (isTested, number) in jobs {
      if Task.isCancelled { break }
      let generator = isTested ? generators.tested : generators.alternative
      do throws(FitFailure) {
        let statistic = try fitter.statistic(
          of: generator.data(number), start: isTested ? testedPoint : alternativePoint)
        if isTested {
          batch.tested.append((number, statistic))
        } else {
          batch.alternative.append((number, statistic))
        }
      } catch {
        let failure = ToySample.Failure(number: number, message: error.description)
        if isTested {
          batch.testedFailures.append(failure)
        } else {
          batch.alternativeFailures.append(failure)
        }
      }
    }
    return batch
  }
}
