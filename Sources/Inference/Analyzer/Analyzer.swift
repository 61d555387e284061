// SPDX-License-Identifier: Apache-2.0
public import HistFactory

/// Everything one asks of a model and its data: fits, hypothesis tests, upper limits.
///
/// Conventions are pyhf's (0.7): q and q̃ with the bounds of the model, Asimov data at the
/// conditional best fit for no signal, asymptotic formulae of arXiv:1007.1727.
///
/// Not Sendable: holds scratch memory and the fits made so far, which later questions reuse.
public final class Analyzer {
  let engine: FitEngine
  let observed: Fitter
  private var freeFit: Minimum?
  private var freeFitWithoutUpperBound: Minimum?
  private var observedCurve: ProfileCurve?
  private var backgroundOnly: BackgroundOnly?
  private var response: AsimovResponse?

  /// data: nil takes the workspace's observations.
  ///
  /// - Throws: `InvalidHypothesis` if the data don't fit the model or the options make no sense.
  public init(_ model: Model, data: ModelData? = nil, options: FitOptions = FitOptions()) throws {
    let data = data ?? model.data
    let expected = model.data
    guard data.main.count == expected.main.count, data.auxiliary.count == expected.auxiliary.count
    else {
      throw InvalidHypothesis(
        description: "the data have \(data.main.count) bins and \(data.auxiliary.count) auxiliary "
          + "values, the model \(expected.main.count) and \(expected.auxiliary.count)")
    }
    guard options.starts >= 1, options.maximumIterations >= 1 else {
      throw InvalidHypothesis(
        description: "a fit needs at least one starting point and one iteration "
          + "(starts is \(options.starts), maximumIterations \(options.maximumIterations))")
    }
    engine = FitEngine(model, data: data, options: options)
    observed = Fitter(engine, data: data)
  }

  var model: Model { engine.model }
}

// MARK: - Fits

extension Analyzer {
  /// Maximum-likelihood fit; fixing: flat index → value, also outside the bounds.
  ///
  /// - Throws: `FitFailure` if no starting point leads to a minimum.
  public func fit(fixing: [Int: Double] = [:]) throws -> FitResult {
    let minimum =
      fixing.isEmpty ? try bestFit(withoutUpperBound: false) : try observed.minimise(fixing: fixing)
    return result(minimum, fixing: fixing)
  }

  private func result(_ minimum: Minimum, fixing: [Int: Double]) -> FitResult {
    var isFixed = model.isFixed
    for index in fixing.keys { isFixed[index] = true }
    let names = model.parameterNames
    let atBounds = minimum.point.indices.filter { i in
      !isFixed[i] && observed.box.isAtBound(minimum.point[i], i)
    }
    return FitResult(
      bestFit: minimum.point, twiceNLL: 2 * minimum.value, isConverged: minimum.isConverged,
      edm: minimum.edm, projectedGradient: minimum.projectedGradient,
      evaluations: minimum.evaluations, parametersAtBounds: atBounds.map { names[$0] },
      isFixed: isFixed)
  }

  /// The free fit; without the upper bound of the parameter of interest where a hypothesis lies
  /// beyond it.
  func bestFit(withoutUpperBound: Bool) throws -> Minimum {
    let bounded = try freeFit ?? observed.minimise(tangent: model.parameterOfInterest)
    freeFit = bounded
    guard withoutUpperBound, let poi = model.parameterOfInterest,
      observed.box.isAtUpper(bounded.point[poi], poi)
    else { return bounded }
    let unbounded =
      try freeFitWithoutUpperBound
      ?? observed.minimise(unbounding: poi, neighbours: [bounded.point], tangent: poi)
    freeFitWithoutUpperBound = unbounded
    return unbounded
  }

  /// Makes the free fit again where a conditional fit came across a better minimum.
  func improveBestFit(from point: [Double], withoutUpperBound: Bool) throws -> Minimum {
    freeFit = try observed.minimise(neighbours: [point], tangent: model.parameterOfInterest)
    freeFitWithoutUpperBound = nil
    return try bestFit(withoutUpperBound: withoutUpperBound)
  }
}

// MARK: - What is made once

extension Analyzer {
  func parameterOfInterest() throws -> Int {
    guard let poi = model.parameterOfInterest else {
      throw InvalidHypothesis(
        description: "the model has no parameter of interest, so there is no signal strength to "
          + "test: choose a measurement with a 'poi'")
    }
    // The free fit would be no fit of the signal strength, and q no ratio of profile likelihoods.
    guard !observed.box.isFixed[poi], observed.box.lower[poi] < observed.box.upper[poi] else {
      let name = model.parameterNames[poi]
      throw InvalidHypothesis(
        description: "the parameter of interest '\(name)' is fixed, so no signal strength can be "
          + "tested: remove its 'fixed' or widen its 'bounds' in the measurement")
    }
    return poi
  }

  /// The fit to the data at a signal strength.
  func conditionalFit(at mu: Double) throws -> Minimum {
    let free = try bestFit(withoutUpperBound: false)
    let curve = try observedCurve ?? ProfileCurve(observed, poi: parameterOfInterest())
    observedCurve = curve
    curve.record(free)
    return try curve.fit(at: mu)
  }

  /// Asimov data without a signal, and their fits.
  func asimov() throws -> BackgroundOnly {
    if let backgroundOnly { return backgroundOnly }
    let made = try BackgroundOnly(self)
    backgroundOnly = made
    return made
  }

  /// How the Asimov data change with the yields.
  func asimovResponse() throws -> AsimovResponse {
    if let response { return response }
    let background = try asimov()
    let made = AsimovResponse(
      model, background: background.parameters, observed: observed, poi: background.poi)
    response = made
    return made
  }
}
