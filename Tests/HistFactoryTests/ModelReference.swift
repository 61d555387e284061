// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// A slow likelihood written straight from the definitions (CERN-OPEN-2012-016 and the interpolation
/// codes' defining conditions), bin by bin, for comparison with the compiled one.
struct ModelReference {
  let workspace: Workspace
  /// Values of every parameter by name.
  let values: [String: [Double]]
  let options: ModelOptions

  init(_ workspace: Workspace, model: Model, point: [Double]) {
    self.workspace = workspace
    options = model.options
    values = Dictionary(
      uniqueKeysWithValues: model.parameters.map { ($0.name, Array(point[$0.range])) })
  }

  /// Expected events by channel.
  func rates() -> [String: [Double]] {
    var rates: [String: [Double]] = [:]
    for channel in workspace.channels {
      var total = Array(repeating: 0.0, count: channel.samples[0].data.count)
      for sample in channel.samples {
        for bin in total.indices {
          let yield = expected(sample, channel, bin)
          total[bin] += max(yield, options.minimumSampleYield ?? yield)
        }
      }
      if let least = options.minimumBinYield { total = total.map { max($0, least) } }
      rates[channel.name] = total
    }
    return rates
  }

  private func expected(
    _ sample: Workspace.Sample, _ channel: Workspace.Channel, _ bin: Int
  ) -> Double {
    let nominal = sample.data[bin]
    var yield = nominal, factor = 1.0
    for modifier in sample.modifiers {
      let parameter = values[modifier.name] ?? []
      switch modifier.kind {
      case .normfactor, .lumi: factor *= parameter[0]
      case .normsys(let lo, let hi): factor *= normsys(parameter[0], lo: lo, hi: hi)
      case .histosys(let lo, let hi):
        yield += histosys(parameter[0], lo: lo[bin] - nominal, hi: hi[bin] - nominal)
      case .shapefactor, .shapesys: factor *= parameter[bin]
      case .staterror: factor *= parameter[staterrorOffset(modifier.name, channel) + bin]
      }
    }
    return yield * factor
  }

  private func normsys(_ a: Double, lo: Double, hi: Double) -> Double {
    switch options.normsys {
    case .code1: a >= 0 ? pow(hi, a) : pow(lo, -a)
    case .code4: Self.exponential(a, lo: lo, hi: hi)
    }
  }

  private func histosys(_ a: Double, lo: Double, hi: Double) -> Double {
    switch options.histosys {
    case .code0: return a >= 0 ? a * hi : -a * lo
    case .code2:
      // A parabola through the three templates, continued by its tangents.
      let parabola = { (a: Double) in 0.5 * (hi + lo) * a * a + 0.5 * (hi - lo) * a }
      let end = a > 0 ? 1.0 : -1
      guard abs(a) > 1 else { return parabola(a) }
      return parabola(end) + (a - end) * ((hi + lo) * end + 0.5 * (hi - lo))
    case .code4p: return Self.linear(a, lo: lo, hi: hi)
    }
  }

  /// A staterror that spans channels has their bins one behind the other, channels by name.
  private func staterrorOffset(_ name: String, _ channel: Workspace.Channel) -> Int {
    workspace.channels
      .filter { other in
        other.name < channel.name
          && other.samples.contains { $0.modifiers.contains { $0.name == name } }
      }
      .reduce(0) { $0 + $1.samples[0].data.count }
  }

  /// hi^a above 1, lo^−a below −1, between them the polynomial of degree six through 1 at a = 0 that
  /// has their values, slopes and curvatures at ±1.
  static func exponential(_ a: Double, lo: Double, hi: Double) -> Double {
    if a >= 1 { return pow(hi, a) }
    if a <= -1 { return pow(lo, -a) }
    return 1
      + polynomial(
        a, up: (hi - 1, hi * log(hi), hi * log(hi) * log(hi)),
        down: (lo - 1, -lo * log(lo), lo * log(lo) * log(lo)))
  }

  /// The same with straight lines outside.
  static func linear(_ a: Double, lo: Double, hi: Double) -> Double {
    if a >= 1 { return a * hi }
    if a <= -1 { return -a * lo }
    return polynomial(a, up: (hi, hi, 0), down: (lo, -lo, 0))
  }

  /// Σ_k c_k a^k, k = 1…6, from value, slope and curvature at a = 1 and a = −1.
  private static func polynomial(
    _ a: Double, up: (Double, Double, Double), down: (Double, Double, Double)
  ) -> Double {
    var rows: [[Double]] = []
    for (sign, ends) in [(1.0, up), (-1.0, down)] {
      // sign^k alternates for the point −1.
      func power(_ k: Int) -> Double { k % 2 == 0 ? 1 : sign }
      var value: [Double] = [], slope: [Double] = [], curvature: [Double] = []
      for k in 1...6 {
        value.append(power(k))
        slope.append(Double(k) * power(k - 1))
        curvature.append(Double(k * (k - 1)) * power(k))
      }
      rows += [value + [ends.0], slope + [ends.1], curvature + [ends.2]]
    }
    let coefficients = solve(rows)
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = a * (coefficient + sum) }
    return sum
  }

  /// Gauss elimination with pivoting of an augmented matrix.
  private static func solve(_ system: [[Double]]) -> [Double] {
    var rows = system
    let count = rows.count
    for column in 0..<count {
      let best = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, best)
      for row in 0..<count where row != column {
        let ratio = rows[row][column] / rows[column][column]
        for k in column...count { rows[row][k] -= ratio * rows[column][k] }
      }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
  }

  /// One slot of a parameter with its value.
  struct Slot {
    let parameter: Parameter
    let slot: Int
    let value: Double

    /// Of its constraint.
    var negativeLogLikelihood: Double {
      switch parameter.constraint {
      case .none: 0
      case .normal(let auxiliary, let sigmas):
        ModelReference.normal(auxiliary[slot], value, sigmas[slot])
      case .poisson(let auxiliary, let tau):
        ModelReference.poisson(auxiliary[slot], value * tau[slot])
      }
    }
  }

  /// −log of the Poisson probability, continued to any n.
  static func poisson(_ n: Double, _ nu: Double) -> Double {
    nu - (n == 0 ? 0 : n * log(nu)) + lgamma(n + 1)
  }

  /// −log of the normal density.
  static func normal(_ x: Double, _ mean: Double, _ sigma: Double) -> Double {
    0.5 * (x - mean) * (x - mean) / (sigma * sigma) + log(sigma) + 0.5 * log(2 * Double.pi)
  }

  /// −log L for a model's data.
  func negativeLogLikelihood(_ model: Model, data: ModelData) -> Double {
    var total = 0.0, bin = 0, auxiliary = 0
    let rates = rates()
    for channel in model.channelNames {
      for rate in rates[channel] ?? [] {
        total += Self.poisson(data.main[bin], rate)
        bin += 1
      }
    }
    for parameter in model.parameters {
      let slots = values[parameter.name] ?? []
      switch parameter.constraint {
      case .none: continue
      case .normal(_, let sigmas):
        for (value, sigma) in zip(slots, sigmas) {
          total += Self.normal(data.auxiliary[auxiliary], value, sigma)
          auxiliary += 1
        }
      case .poisson(_, let tau):
        for (value, rate) in zip(slots, tau) {
          total += Self.poisson(data.auxiliary[auxiliary], value * rate)
          auxiliary += 1
        }
      }
    }
    return total
  }
}
