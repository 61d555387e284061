// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Testing

/// Every operation: values against closed forms, derivatives against differences.
@Suite struct OperationTests {
  private func value(_ x: [Double], _ function: (Variable) -> Variable) throws -> [Double] {
    let builder = TapeBuilder()
    return try builder.tape(of: function(builder.input(count: x.count))).value(at: x)
  }

  private static let functions: [(String, @Sendable (Variable) -> Variable)] = [
    ("add", { $0[0..<3] + $0[3..<6] }), ("add scalar", { $0[0] + $0 }),
    ("add number", { 2 + $0 + 3 }), ("subtract", { $0[0..<3] - $0[3..<6] }),
    ("subtract scalar", { $0 - $0[2] }), ("subtract from number", { 1 - $0 - 0.5 }),
    ("multiply", { $0[0..<3] * $0[3..<6] }), ("multiply scalar", { $0[1] * $0 }),
    ("square", { $0 * $0 }), ("divide", { $0[0..<3] / $0[3..<6] }),
    ("divide by scalar", { $0 / $0[0] }), ("divide scalar", { $0[0] / $0 }),
    ("divide number", { 2 / $0 / 3 }), ("negate", { -$0 }), ("exp", { exp($0) }),
    ("log", { log($0) }), ("sqrt", { sqrt($0) }), ("sigmoid", { sigmoid(4 * $0 - 5) }),
    ("log normal CDF", { logNormalCDF(3 * $0 - 7) }), ("sum", { sum($0) }),
    ("dot", { dot($0[0..<3], $0[3..<6]) }), ("dot with itself", { dot($0, $0) }),
    ("gather", { $0[[5, 0, 5, 2]] }),
    ("matrix", { Matrix(rows: 2, columns: 3, elements: [1, -2, 3, 0.5, 0, -1]) * $0[0..<3] }),
    ("log1p", { log1p($0) }), ("softplus", { softplus(3 * $0 - 4) }),
    ("log sigmoid", { -softplus(4 - 3 * $0) }), ("tanh", { tanh($0 - 1) }),
    ("relu", { relu($0 - 1.2) }), ("normal CDF", { normalCDF(2 * $0 - 3) }),
    ("relative entropy", { relativeEntropy(0.06 * $0 - 0.05) }),
    ("root of statistic", { rootOfStatistic($0) }), ("mean", { mean($0 * $0) }),
    ("log sum exp", { logSumExp(2 * $0) }), ("cumulative sum", { cumulativeSum($0) * $0 }),
    ("concatenate", { concatenate([$0 * $0, exp($0[0..<2]), $0]) }),
    ("composition", { x in log(1 + sum(exp(0.3 * x)) / (1 + dot(x, x))) * sigmoid(x[1]) }),
  ]

  @Test(arguments: functions.map(\.0))
  func derivativesAreThoseOfDifferences(_ name: String) throws {
    let function = try #require(Self.functions.first { $0.0 == name }).1
    let builder = TapeBuilder()
    let tape = builder.tape(of: function(builder.input(count: 6)))
    let check = try checkGradient(of: tape, at: [0.7, 1.3, 2.1, 1.1, 0.9, 1.7], directions: 20)
    #expect(check.reverseDeviation < 1e-9)
    #expect(check.forwardDeviation < 1e-9)
    #expect(check.dualityDeviation < 1e-14)
    let point = [0.7, 1.3, 2.1, 1.1, 0.9, 1.7]
    #expect(try checkCurvature(of: tape, at: point, directions: 20) < 1e-8)
  }

  @Test func arithmeticIsElementwise() throws {
    #expect(try value([1, 2, 4, 8]) { $0[0..<2] + $0[2..<4] } == [5, 10])
    #expect(try value([1, 2, 4, 8]) { $0[0..<2] - $0[2..<4] } == [-3, -6])
    #expect(try value([1, 2, 4, 8]) { $0[0..<2] * $0[2..<4] } == [4, 16])
    #expect(try value([1, 2, 4, 8]) { $0[0..<2] / $0[2..<4] } == [0.25, 0.25])
    #expect(try value([1, 2, 4]) { $0[2] * $0 } == [4, 8, 16])
    #expect(try value([1, 2, 4]) { 8 / $0 } == [8, 4, 2])
    #expect(try value([1, 2, 4]) { 1 - $0 } == [0, -1, -3])
  }

  @Test func reductionsAndMapsOfVectors() throws {
    #expect(try value([1, 2, 4]) { sum($0) } == [7])
    #expect(try value([1, 2, 4]) { dot($0, $0) } == [21])
    #expect(try value([1, 2, 4]) { $0[[2, 0, 2]] } == [4, 1, 4])
    let matrix = Matrix(rows: 2, columns: 3, elements: [1, 0, -1, 2, 2, 2])
    #expect(try value([1, 2, 4]) { matrix * $0 } == [-3, 14])
  }

  @Test func sigmoidKeepsItsSlopeFarOut() throws {
    let builder = TapeBuilder()
    let tape = builder.tape(of: sigmoid(builder.input(count: 1)))
    var gradient: [Double] = []
    for x in [-800.0, -40, 0, 40, 800] {
      let value = try tape.gradient(at: [x], into: &gradient)
      #expect(value >= 0 && value <= 1)
      // e^−|x| is the slope of both tails.
      let tail = x == 0 ? 0.25 : abs(x) > 700 ? 0 : 4.248354255291589e-18
      #expect(abs(gradient[0] - tail) <= 1e-15 * tail)
    }
  }

  /// Computed with 60 decimal digits: the continued fraction of the tail below −2, the power series
  /// of Φ − 1/2 above.
  @Test(arguments: [
    (-40.0, -804.6084420137538), (-38.0, -726.5572160188201), (-20.0, -203.91715537109727),
    (-8.0, -35.013437159914552), (-7.9999, -35.012625028031707), (-3.0, -6.6077262215103492),
    (-1.0, -1.8410216450092636), (0.0, -0.69314718055994529), (1.0, -0.17275377902344988),
    (5.0, -2.8665161296376358e-07), (9.0, -1.1285884059538405e-19),
  ])
  func logNormalCDFIsAccurate(_ x: Double, _ expected: Double) throws {
    let found = try value([x]) { logNormalCDF($0) }[0]
    #expect(abs(found - expected) <= 1e-13 * abs(expected))
  }

  @Test func logNormalCDFHasTheSlopeOfItsTail() throws {
    // φ(x)/Φ(x) falls everywhere, and for x < 0 lies between −x and −x − 1/x.
    let builder = TapeBuilder()
    let tape = builder.tape(of: logNormalCDF(builder.input(count: 1)))
    var gradient: [Double] = []
    var last = Double.infinity
    for x in stride(from: -60.0, through: 8, by: 0.25) {
      _ = try tape.gradient(at: [x], into: &gradient)
      #expect(gradient[0] < last)
      if x < 0 { #expect(gradient[0] > -x && gradient[0] < -x - 1 / x) }
      last = gradient[0]
    }
  }
}
