// SPDX-License-Identifier: Apache-2.0

/// Stochastic gradient descent with a step per parameter from running moments of its gradient
/// (Kingma, Ba, arXiv:1412.6980).
///
/// The value is the whole state: stored after a step and read back, it goes on as if nothing had
/// happened.
public struct Adam: Sendable, Hashable, Codable {
  /// Length of a first step in every parameter; may be changed on the way.
  public var rate: Double
  /// Steps taken.
  public private(set) var steps = 0
  private let decay: Double
  private let squareDecay: Double
  private let epsilon: Double
  private var mean: [Double]
  private var square: [Double]

  /// Before the first step.
  ///
  /// - Parameters:
  ///   - count: number of parameters.
  ///   - rate: α of the paper.
  ///   - decay: β₁, of the running mean.
  ///   - squareDecay: β₂, of the running mean of squares.
  ///   - epsilon: ε, keeps steps short where gradients vanish.
  public init(
    count: Int, rate: Double = 1e-3, decay: Double = 0.9, squareDecay: Double = 0.999,
    epsilon: Double = 1e-8
  ) {
    self.rate = rate
    self.decay = decay
    self.squareDecay = squareDecay
    self.epsilon = epsilon
    mean = Array(repeating: 0, count: count)
    square = mean
  }

  /// Takes a step downhill.
  ///
  /// - Parameters:
  ///   - point: moved [count].
  ///   - gradient: there [count].
  public mutating func step(_ point: inout [Double], gradient: [Double]) {
    precondition(
      point.count == mean.count && gradient.count == mean.count,
      "an optimiser of \(mean.count) parameters was given \(point.count)")
    steps += 1
    let meanScale = 1 / (1 - power(decay, steps))
    let squareScale = 1 / (1 - power(squareDecay, steps))
    for i in point.indices {
      mean[i] = decay * mean[i] + (1 - decay) * gradient[i]
      square[i] = squareDecay * square[i] + (1 - squareDecay) * gradient[i] * gradient[i]
      let width = (squareScale * square[i]).squareRoot() + epsilon
      point[i] -= rate * meanScale * mean[i] / width
    }
  }

  /// By squaring, the same on every machine.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0, factor = base, rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}
