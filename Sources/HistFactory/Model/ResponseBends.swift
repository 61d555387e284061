// SPDX-License-Identifier: Apache-2.0

/// How the expected events of a model respond to each interpolated parameter (histosys and normsys)
/// at its nominal value: slope and largest bend by bin, the other parameters at their starting
/// values.
///
/// q(a) of a histosys and the polynomial of a normsys bend most at 0, where q″ = 30.
package struct ResponseBends: Sendable {
  /// The response to one parameter.
  package struct Response: Sendable {
    /// Slot in the parameter vector.
    package let parameter: Int
    /// [bins] ∂ν/∂a and ∂²ν/∂a² at a = 0.
    package var slope: [Double], bend: [Double]
  }

  /// One per parameter whose response bends anywhere.
  package let responses: [Response]

  /// One pass over the templates.
  package init(of model: Model) {
    let structure = model.structure
    let rates = RateEvaluator(structure, parameterCount: model.inits.count)
    var start = model.inits
    for k in 0..<structure.histosysParameters.count {
      start[Int(structure.histosysParameters[k])] = 0
    }
    rates.evaluate(start)
    var collected = Collector(binCount: structure.binCount)
    for index in 0..<structure.samples.count {
      collected.addHistosys(of: structure.samples[index], at: index, structure, rates)
      collected.addNormsys(of: structure.samples[index], at: index, structure, rates)
    }
    responses = collected.responses.values
      .filter { response in response.bend.contains { abs($0) > 1e-9 } }
      .sorted { $0.parameter < $1.parameter }
  }

  private struct Collector {
    let binCount: Int
    var responses: [Int: Response] = [:]

    private mutating func add(_ parameter: Int, bin: Int, slope: Double, bend: Double) {
      let zeros = [Double](repeating: 0, count: responses[parameter] == nil ? binCount : 0)
      responses[
        parameter, default: Response(parameter: parameter, slope: zeros, bend: zeros)
      ].slope[bin] += slope
      responses[parameter]?.bend[bin] += bend
    }

    mutating func addHistosys(
      of sample: SamplePlan, at index: Int, _ structure: ModelStructure, _ rates: RateEvaluator
    ) {
      let count = structure.histosysParameters.count
      for column in 0..<sample.templateCount {
        let coefficient = Int(structure.templateCoefficients[sample.firstTemplate + column])
        let isBend = coefficient >= count
        let parameter = Int(
          structure.histosysParameters[isBend ? coefficient - count : coefficient])
        for bin in 0..<sample.binCount {
          let cell = sample.firstCell + bin
          let value =
            rates.scales[index] * rates.binwiseFactors[cell]
            * structure.templates[sample.firstMatrixElement + bin * sample.stride + column]
          add(
            parameter, bin: sample.firstBin + bin, slope: isBend ? 0 : value,
            bend: isBend ? 30 * value : 0)
        }
      }
    }

    mutating func addNormsys(
      of sample: SamplePlan, at index: Int, _ structure: ModelStructure, _ rates: RateEvaluator
    ) {
      let entries = structure.normsysParameters.count
      for entry in sample.firstNormsys..<sample.endNormsys {
        let linear = structure.normsysCoefficients[entry]
        let quadratic = structure.normsysCoefficients[entries + entry]
        for bin in 0..<sample.binCount {
          let cell = sample.firstCell + bin
          let events = rates.scales[index] * rates.binwiseFactors[cell] * rates.shapes[cell]
          add(
            Int(structure.normsysParameters[entry]), bin: sample.firstBin + bin,
            slope: events * linear, bend: 2 * events * quadratic)
        }
      }
    }
  }
}
