// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// Times of one evaluation of a likelihood, beside the time its templates take to be read twice.
enum LikelihoodBenchmark {
  static func run(_ files: [String]) throws {
    print(
      "workspace                      parameters  template kB    NLL µs  +gradient  +Hessian"
        + "  streaming µs  gradient/streaming")
    for file in files { try print(line(file)) }
  }

  private static func line(_ file: String) throws -> String {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let model = try Model(Workspace(json: bytes, source: file))
    let likelihood = Likelihood(model, data: model.data)
    let hessian = StructuredHessian(for: model)
    let point = model.inits.enumerated().map { $1 + 0.01 * sin(Double($0)) }
    var gradient: [Double] = [], sink = 0.0
    let value = fastest { sink += likelihood.negativeLogLikelihood(point) }
    let slope = fastest { sink += likelihood.evaluate(point, gradient: &gradient) }
    let curvature = fastest {
      sink += likelihood.evaluate(point, gradient: &gradient, hessian: hessian, fisher: false)
    }
    let streaming = fastest { sink += likelihood.streamTemplates() }
    // Printed nowhere else: without a use the work could be left out.
    guard sink != 0.25 else { return "" }
    let name = URL(filePath: file).deletingPathExtension().lastPathComponent
    return name.padding(toLength: 30, withPad: " ", startingAt: 0)
      + String(
        format: "%11d  %11.1f  %8.2f  %9.2f  %8.1f  %12.2f  %18.1f", point.count,
        Double(likelihood.templateBytes) / 1024, value, slope, curvature, streaming,
        slope / streaming)
  }

  /// Microseconds of processor time, the least of many runs: what disturbs only adds.
  private static func fastest(_ work: () -> Void) -> Double {
    var least = Double.infinity
    for _ in 0..<200 {
      let start = processorTime()
      for _ in 0..<20 { work() }
      least = min(least, (processorTime() - start) / 20)
    }
    return least
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) * 1e-3
  }
}
