// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation
import Testing

/// Kernels that expect events and pull derivatives back, against the formulas in their comments.
@Suite struct RateKernelTests {
  /// Samples of every shape: bins, blocks, factors, bin-wise factors.
  private struct Case {
    var samples: [kernel_sample] = []
    var nominal: [Double] = [], templates: [Double] = []
    var blocks: [Int32] = [], factors: [Int32] = [], binwise: [Int32] = []
    let x: [Double], coefficients: [Double], products: [Double]
    let binCount = 9

    init(seed: UInt64) {
      var generator = SystemIndependentNumbers(state: seed)
      func draw(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double.random(in: 0.5...1.5, using: &generator) }
      }
      x = draw(30)
      coefficients = draw(40)
      products = draw(12)
      for index in 0..<12 {
        let bins = 1 + index % 9
        let sample = kernel_sample(
          first_bin: Int32(binCount - bins), bins: Int32(bins), blocks: Int32(index % 4),
          factors: Int32(index % 3), binwise: Int32(index % 5 % 3), product: Int32(11 - index))
        samples.append(sample)
        nominal += draw(bins)
        templates += draw(8 * bins * Int(sample.blocks))
        blocks += (0..<Int(sample.blocks)).map { Int32(8 * (($0 + index) % 5)) }
        factors += (0..<Int(sample.factors)).map { Int32($0) }
        binwise += (0..<Int(sample.binwise)).map { Int32(3 + 9 * $0) }
      }
    }

    /// Expected events by bin, in plain loops; cells with active 0 are left out.
    func rates(
      x: [Double], coefficients: [Double], products: [Double], active: [Double]
    ) -> [Double] {
      var rates = Array(repeating: 0.0, count: binCount)
      var (cell, element, block, factor, use) = (0, 0, 0, 0, 0)
      for sample in samples {
        let bins = Int(sample.bins)
        var scale = products[Int(sample.product)]
        for k in 0..<Int(sample.factors) { scale *= x[Int(factors[factor + k])] }
        for bin in 0..<bins {
          var events = nominal[cell + bin]
          for k in 0..<Int(sample.blocks) {
            for lane in 0..<8 {
              events +=
                templates[element + 8 * (k * bins + bin) + lane]
                * coefficients[Int(blocks[block + k]) + lane]
            }
          }
          for k in 0..<Int(sample.binwise) { events *= x[Int(binwise[use + k]) + bin] }
          rates[Int(sample.first_bin) + bin] += scale * events * active[cell + bin]
        }
        cell += bins
        element += 8 * bins * Int(sample.blocks)
        block += Int(sample.blocks)
        factor += Int(sample.factors)
        use += Int(sample.binwise)
      }
      return rates
    }

    func withTables<Result>(_ work: (UnsafePointer<kernel_rate_tables>) -> Result) -> Result {
      samples.withUnsafeBufferPointer { samples in
        nominal.withUnsafeBufferPointer { nominal in
          templates.withUnsafeBufferPointer { templates in
            blocks.withUnsafeBufferPointer { blocks in
              factors.withUnsafeBufferPointer { factors in
                binwise.withUnsafeBufferPointer { binwise in
                  var tables = kernel_rate_tables(
                    samples: samples.baseAddress, sample_count: samples.count,
                    nominal: nominal.baseAddress, templates: templates.baseAddress,
                    blocks: blocks.baseAddress, factors: factors.baseAddress,
                    binwise: binwise.baseAddress)
                  return withUnsafePointer(to: &tables) { work($0) }
                }
              }
            }
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64], [false, true])
  func ratesAndTheirDerivatives(_ seed: UInt64, _ hasLimits: Bool) {
    let model = Case(seed: seed)
    let cells = model.nominal.count
    let active = (0..<cells).map { hasLimits && $0 % 4 == 1 ? 0.0 : 1 }
    let everywhere = Array(repeating: 1.0, count: cells)
    var rates = Array(repeating: 0.0, count: 9), scales = Array(repeating: 0.0, count: 12)
    var shapes = everywhere, ratios = everywhere
    model.withTables {
      kernel_rates(
        &rates, &scales, &shapes, &ratios, $0, model.x, model.coefficients, model.products)
    }
    let expected = model.rates(
      x: model.x, coefficients: model.coefficients, products: model.products, active: everywhere)
    for (rate, expected) in zip(rates, expected) {
      #expect(abs(rate - expected) < 1e-13 * expected)
    }

    let slopes = (0..<9).map { 0.3 * Double($0) - 1 }
    var gradient = Array(repeating: 0.0, count: 30)
    var coefficientGradient = Array(repeating: 0.0, count: 40)
    var productMoments = Array(repeating: 0.0, count: 12), moments = productMoments
    var pulled = everywhere
    model.withTables { tables in
      active.withUnsafeBufferPointer { active in
        kernel_rate_gradient(
          &gradient, &coefficientGradient, &productMoments, &moments, &pulled, tables, model.x,
          model.products, scales, shapes, ratios, slopes, hasLimits ? active.baseAddress : nil)
      }
    }
    // Rates are polynomials of low degree in everything: central differences are exact to rounding
    // with a large step where they are linear in one variable, as they are here.
    func difference(_ x: [Double], _ coefficients: [Double], _ products: [Double]) -> Double {
      zip(
        slopes,
        model.rates(x: x, coefficients: coefficients, products: products, active: active)
      ).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func slope(_ vary: (Double) -> ([Double], [Double], [Double])) -> Double {
      let (up, down) = (vary(1), vary(-1))
      return (difference(up.0, up.1, up.2) - difference(down.0, down.1, down.2)) / 2
    }
    for i in 0..<30 {
      let reference = slope { step in
        var x = model.x
        x[i] += step
        return (x, model.coefficients, model.products)
      }
      #expect(abs(gradient[i] - reference) < 1e-10 * max(1, abs(reference)))
    }
    for i in 0..<40 {
      let reference = slope { step in
        var coefficients = model.coefficients
        coefficients[i] += step
        return (model.x, coefficients, model.products)
      }
      #expect(abs(coefficientGradient[i] - reference) < 1e-10 * max(1, abs(reference)))
    }
    for i in 0..<12 {
      let reference = slope { step in
        var products = model.products
        products[i] += step
        return (model.x, model.coefficients, products)
      }
      let other = productMoments[i] / model.products[i]
      #expect(abs(other - reference) < 1e-10 * max(1, abs(reference)))
    }
  }

  @Test func templateRowsAreAddedWithTheirSlopes() {
    let templates = (0..<48).map(Double.init), slopes = (0..<32).map { 1 + 0.1 * Double($0) }
    var out = Array(repeating: 1.0, count: 16)
    kernel_template_row(&out, 2, templates, 16, [8, 16, 24], 3, slopes, 16)
    var expected = Array(repeating: 1.0, count: 16)
    for (k, block) in [8, 16, 24].enumerated() {
      for lane in 0..<8 {
        expected[block % 16 + lane] += 2 * templates[16 * k + lane] * slopes[block + lane]
      }
    }
    for (out, expected) in zip(out, expected) { #expect(abs(out - expected) < 1e-13 * expected) }
  }

  @Test func sparseProductsAreThoseOfTheirRows() {
    let stride = 48
    let matrix = (0..<3 * stride).map { Double(($0 * 37) % 101) - 50 }
    let starts: [Int32] = [0, 2, 2, 5], sources: [Int32] = [0, 2, 1, 2, 0]
    let lanes: [Int32] = [4, 3, 2, 1, 0], weights = [0.5, -1, 2, 3, 4]
    var out = Array(repeating: 1.0, count: 5 * stride)
    kernel_sparse_product(&out, [4, 0, 1], starts, sources, lanes, weights, matrix, 3, stride)
    var expected = Array(repeating: 1.0, count: 5 * stride)
    for (row, uses) in [(4, 0..<2), (0, 2..<2), (1, 2..<5)] {
      for use in uses {
        for i in 0..<stride {
          expected[row * stride + i] +=
            weights[Int(lanes[use])] * matrix[Int(sources[use]) * stride + i]
        }
      }
    }
    #expect(out == expected)
  }

  @Test(arguments: [-3, -1, -0.4, 0, 0.3, 0.999, 1, 2.5])
  func normsysFactors(_ a: Double) {
    // One parameter, two blocks; lanes 0 and 9 have polynomials and exponentials, the others nothing.
    var polynomials = Array(repeating: 0.0, count: 96), exponents = Array(repeating: 0.0, count: 32)
    let series: [(entry: Int, lane: Int, values: [Double], up: Double, down: Double)] = [
      (0, 0, [0.1, 0.02, -0.03, 0.004, 0.005, -0.006], 0.09, 0.12),
      (1, 1, [-0.2, 0.01, 0.02, 0.03, -0.01, 0.002], -0.15, -0.3),
    ]
    for (entry, lane, values, up, down) in series {
      for k in 0..<6 { polynomials[48 * entry + 8 * k + lane] = values[k] }
      exponents[16 * entry + lane] = up
      exponents[16 * entry + 8 + lane] = down
    }
    for isSmooth in [true, false] {
      var products = Array(repeating: 7.0, count: 16)
      var slopes = products, curvatures = products, gradient = [1.0]
      let parameters: [Int32] = [0], starts: [Int32] = [0, 2], blocks: [Int32] = [0, 8]
      parameters.withUnsafeBufferPointer { parameters in
        starts.withUnsafeBufferPointer { starts in
          blocks.withUnsafeBufferPointer { blocks in
            polynomials.withUnsafeBufferPointer { polynomials in
              exponents.withUnsafeBufferPointer { exponents in
                var tables = kernel_normsys_tables(
                  parameters: parameters.baseAddress, starts: starts.baseAddress,
                  blocks: blocks.baseAddress, polynomials: polynomials.baseAddress,
                  exponents: exponents.baseAddress, parameter_count: 1, product_count: 16,
                  is_smooth: isSmooth ? 1 : 0)
                kernel_normsys_factors(&products, &slopes, &curvatures, &tables, [a])
                kernel_normsys_gradient(
                  &gradient, &tables, (0..<16).map(Double.init), slopes)
              }
            }
          }
        }
      }
      for (entry, lane, values, up, down) in series {
        var (f, first, second) = (1.0, 0.0, 0.0)
        if isSmooth, abs(a) < 1 {
          for k in 1...6 {
            f += values[k - 1] * pow(a, Double(k))
            first += Double(k) * values[k - 1] * pow(a, Double(k - 1))
            second += k == 1 ? 0 : Double(k * (k - 1)) * values[k - 1] * pow(a, Double(k - 2))
          }
        } else if a == 0 {
          (first, second) = (values[0], values[0] * values[0])
        } else {
          let rate = a > 0 ? up : down
          f = exp(a * rate)
          (first, second) = (f * rate, f * rate * rate)
        }
        let place = 8 * entry + lane
        #expect(abs(products[place] - f) < 4e-16 * max(1, f))
        #expect(abs(slopes[place] - first / f) < 1e-15)
        let curvature = second / f - (first / f) * (first / f)
        if a != 0 || isSmooth { #expect(abs(curvatures[place] - curvature) < 4e-15) }
      }
      #expect(products[3] == 1 && slopes[3] == 0)
      #expect(abs(gradient[0] - (1 + 9 * slopes[9])) < 1e-15)
    }
  }

  @Test(arguments: [-2.0, -1, -0.3, 0, 0.7, 1, 4])
  func bendsAreThoseOfCode4p(_ a: Double) {
    var coefficients = Array(repeating: 0.0, count: 16), slopes = [0.0], curvatures = [0.0]
    kernel_bends(&coefficients, &slopes, &curvatures, [9, a], [1], 1, 8)
    let inside = abs(a) < 1
    let q = inside ? a * a * (15 - 10 * a * a + 3 * pow(a, 4)) : 8 * abs(a)
    let first = inside ? 30 * a - 40 * pow(a, 3) + 18 * pow(a, 5) : a > 0 ? 8 : -8
    let second = inside ? 30 - 120 * a * a + 90 * pow(a, 4) : 0
    #expect(coefficients[0] == a && abs(coefficients[8] - q) < 1e-14)
    #expect(abs(slopes[0] - first) < 1e-14 && abs(curvatures[0] - second) < 1e-13)
  }

  @Test func normalTermsAndTheirSlopes() {
    let x = (0..<9).map { 0.7 * Double($0) }, parameters: [Int32] = [8, 0, 3, 3, 5]
    let observed = [1, -1, 0.5, 0, 3], weights = [1, 4, 0.25, 2, 1]
    var slopes = observed
    let total = kernel_normal(&slopes, x, parameters, observed, weights, 5)
    var expected = 0.0
    for i in 0..<5 {
      let distance = x[Int(parameters[i])] - observed[i]
      expected += 0.5 * weights[i] * distance * distance
      #expect(abs(slopes[i] - weights[i] * distance) < 1e-15)
    }
    #expect(abs(total - expected) < 1e-13)
  }
}
