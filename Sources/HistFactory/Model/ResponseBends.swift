// SPDX-License-Identifier: Apache-2.0
import Differentiation

/// How the expected events of a model respond to each interpolated parameter (histosys and normsys)
/// at its nominal value: slope and largest bend by bin, the other parameters at their starting
/// values.
///
/// q(a) of a histosys and the polynomial of a normsys bend most at 0, where q″ = 30 (code4p).
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
    let histosys = structure.templates.parameters, normsys = structure.normsys.parameters
    guard histosys.count + normsys.count > 0 else {
      responses = []
      return
    }
    let rates = RateEvaluator(structure, parameterCount: model.inits.count)
    var start = model.inits
    for k in 0..<histosys.count { start[Int(histosys[k])] = 0 }
    rates.evaluate(start)
    var table = Table(structure, parameterCount: model.inits.count)
    for index in 0..<structure.samples.count {
      table.addHistosys(of: structure.samples[index], at: index, rates)
      table.addNormsys(of: structure.samples[index], at: index, rates)
    }
    responses = table.responses()
  }

  /// Slopes and bends of all parameters by bin.
  private struct Table {
    let structure: ModelStructure
    /// [parameters] row in the tables, −1 for a parameter that isn't interpolated.
    private var rows: [Int]
    private var parameters: [Int] = []
    /// [rows × bins]
    private var slopes: [Double], bends: [Double]

    init(_ structure: ModelStructure, parameterCount: Int) {
      self.structure = structure
      rows = Array(repeating: -1, count: parameterCount)
      let histosys = structure.templates.parameters, normsys = structure.normsys.parameters
      for k in 0..<histosys.count { rows[Int(histosys[k])] = 0 }
      for k in 0..<normsys.count { rows[Int(normsys[k])] = 0 }
      for parameter in rows.indices where rows[parameter] == 0 {
        rows[parameter] = parameters.count
        parameters.append(parameter)
      }
      slopes = Array(repeating: 0, count: parameters.count * structure.binCount)
      bends = slopes
    }

    mutating func addHistosys(of sample: SamplePlan, at index: Int, _ rates: RateEvaluator) {
      let templates = structure.templates
      for block in 0..<sample.blockCount {
        let first = Int(templates.blocks[sample.firstBlock + block])
        let isBend = first >= templates.bends
        let parameter = isBend ? first - templates.bends : first
        for lane in 0..<min(8, templates.parameters.count - parameter) {
          let row = rows[Int(templates.parameters[parameter + lane])] * structure.binCount
          for bin in 0..<sample.binCount {
            let element = sample.firstElement + 8 * (block * sample.binCount + bin) + lane
            let value =
              rates.scales[index] * rates.binwiseFactors[sample.firstCell + bin]
              * templates.values[element]
            if isBend {
              bends[row + sample.firstBin + bin] += structure.options.histosys.largestBend * value
            } else {
              slopes[row + sample.firstBin + bin] += value
            }
          }
        }
      }
    }

    mutating func addNormsys(of sample: SamplePlan, at index: Int, _ rates: RateEvaluator) {
      for entry in sample.firstNormsys..<sample.endNormsys {
        let linear = structure.normsys.polynomial(entry, 1)
        let quadratic = structure.normsys.polynomial(entry, 2)
        let row =
          rows[Int(structure.normsys.slots[entry])] * structure.binCount + sample.firstBin
        for bin in 0..<sample.binCount {
          let cell = sample.firstCell + bin
          let events = rates.scales[index] * rates.binwiseFactors[cell] * rates.shapes[cell]
          slopes[row + bin] += events * linear
          bends[row + bin] += 2 * events * quadratic
        }
      }
    }

    func responses() -> [Response] {
      parameters.enumerated().compactMap { row, parameter in
        let bins = row * structure.binCount..<(row + 1) * structure.binCount
        guard bends[bins].contains(where: { abs($0) > 1e-9 }) else { return nil }
        return Response(
          parameter: parameter, slope: Array(slopes[bins]), bend: Array(bends[bins]))
      }
    }
  }
}
