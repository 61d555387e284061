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

  /// Makes what is missing of some toys, of both hypotheses, and adds it to the tally.
  ///
  /// A toy that fails is counted among the failures and ends nothing. A cancelled task returns what
  /// it made so far; call again to go on.
  ///
  /// - Parameters:
  ///   - tally: toys made before, by this or an equal calculator.
  ///   - toys: their numbers, from 0; jobs that share the work take ranges of their own.
  ///   - width: number of tasks; nil takes that of the processors.
  ///   - interval: time between two calls of `save`, roughly.
  ///   - save: is given the tally now and then, and in the end.
  /// - Throws: `InvalidHypothesis` if the tally belongs to another plan or a number is negative; what
  ///   `save` throws.
  public func run(
    _ tally: ToyTally, toys: Range<Int>, width: Int? = nil,
    savingEvery interval: Duration = .seconds(10),
    save: (@Sendable (ToyTally) async throws -> Void)? = nil
  ) async throws -> ToyTally {
    try tally.check(plan, observed)
    guard toys.lowerBound >= 0 else {
      throw InvalidHypothesis(
        description: "toys are numbered from 0, so there is none \(toys.lowerBound)")
    }
    let jobs = zip(
      toys, zip(tally.tested.isMissing(in: toys), tally.alternative.isMissing(in: toys))
    )
    .filter { $1.0 || $1.1 }.map {
      Job(number: $0, isTestedMissing: $1.0, isAlternativeMissing: $1.1)
    }
    var tally = tally
    var rest = jobs[...]
    var size = save == nil ? jobs.count : 32
    while !rest.isEmpty, !Task.isCancelled {
      let start = ContinuousClock.now
      try await add(Array(rest.prefix(size)), to: &tally, width: width)
      rest = rest.dropFirst(size)
      try await save?(tally)
      let time = ContinuousClock.now - start
      if time < interval / 4 { size *= 4 } else if time > interval { size = max(1, size / 2) }
    }
    return tally
  }

  /// What is missing of the toys of one number.
  private struct Job: Sendable {
    let number: Int
    let isTestedMissing: Bool, isAlternativeMissing: Bool
  }

  /// The test statistics of a job.
  private struct Answer: Sendable {
    let number: Int
    let tested: Result<Double, FitFailure>?, alternative: Result<Double, FitFailure>?
  }

  private func add(_ jobs: [Job], to tally: inout ToyTally, width: Int?) async throws {
    let answers = try await concurrentPartialMap(
      count: jobs.count, width: width, makeWorker: { Worker(self) },
      transform: { worker, index in worker.answer(jobs[index]) }
    ).compactMap { $0 }
    tally.tested.add(
      ToySample(answers.compactMap { answer in answer.tested.map { (answer.number, $0) } }))
    tally.alternative.add(
      ToySample(answers.compactMap { answer in answer.alternative.map { (answer.number, $0) } }))
  }

  /// What one task needs.
  private struct Worker {
    private let fitter: ToyFitter
    private let tested: ToyGenerator, alternative: ToyGenerator
    private let testedPoint: [Double], alternativePoint: [Double]

    init(_ calculator: ToyCalculator) {
      let plan = calculator.plan
      fitter = ToyFitter(
        calculator.model, options: calculator.options, poi: calculator.poi, mu: plan.mu,
        statistic: plan.statistic)
      (testedPoint, alternativePoint) = (calculator.testedPoint, calculator.alternativePoint)
      tested = ToyGenerator(calculator.model, parameters: testedPoint, seed: plan.seed &* 2)
      alternative = ToyGenerator(
        calculator.model, parameters: alternativePoint, seed: plan.seed &* 2 &+ 1)
    }

    func answer(_ job: Job) -> Answer {
      Answer(
        number: job.number,
        tested: job.isTestedMissing ? statistic(tested.data(job.number), start: testedPoint) : nil,
        alternative: job.isAlternativeMissing
          ? statistic(alternative.data(job.number), start: alternativePoint) : nil)
    }

    private func statistic(_ data: ModelData, start: [Double]) -> Result<Double, FitFailure> {
      Result { () throws(FitFailure) in try fitter.statistic(of: data, start: start) }
    }
  }
}
