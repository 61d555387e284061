// SPDX-License-Identifier: Apache-2.0

/// An increasing function known at some points with its derivative, to be read backwards.
package struct InverseCurve {
  private struct Sample {
    let variable: Double, value: Double, derivative: Double
  }
  private var samples: [Sample] = []

  package init() {}

  /// Adds a point; one without a slope tells nothing.
  package mutating func add(_ variable: Double, value: Double, derivative: Double) {
    guard derivative > 0, derivative < .infinity else { return }
    let sample = Sample(variable: variable, value: value, derivative: derivative)
    samples.insert(sample, at: samples.firstIndex { $0.value >= value } ?? samples.endIndex)
  }

  /// Roughly where the function takes a value: cubic between two points (of their values and
  /// slopes), along the tangent outside; nil without points.
  package func variable(at value: Double) -> Double? {
    guard let upper = samples.firstIndex(where: { $0.value >= value }) else {
      return samples.last.map { tangent($0, value) }
    }
    guard upper > 0 else { return tangent(samples[0], value) }
    let a = samples[upper - 1]
    let b = samples[upper]
    let width = b.value - a.value
    guard width > 0 else { return a.variable }
    let t = (value - a.value) / width
    let u = 1 - t
    let ends = u * u * (1 + 2 * t) * a.variable + t * t * (1 + 2 * u) * b.variable
    let slopes = t * u * width * (u / a.derivative - t / b.derivative)
    return ends + slopes
  }

  private func tangent(_ sample: Sample, _ value: Double) -> Double {
    sample.variable + (value - sample.value) / sample.derivative
  }
}
