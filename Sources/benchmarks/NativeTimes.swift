// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

/// Our times for one workspace, microseconds of processor time.
struct NativeTimes {
  let parameters: Int, evaluations: Int
  let fit: Double, hypothesisTest: Double, limit: Double

  init(file: String, repeats: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let model = try Model(Workspace(json: bytes, source: file))
    parameters = model.inits.count
    evaluations = try Analyzer(model).fit().evaluations
    fit = try Self.median(repeats) { _ = try Analyzer(model).fit() }
    hypothesisTest = try Self.median(repeats) { _ = try Analyzer(model).hypothesisTest(mu: 1) }
    limit = try Self.median(repeats) { _ = try Analyzer(model).upperLimit() }
  }

  func line(name: String) -> String {
    let short = URL(filePath: name).deletingPathExtension().lastPathComponent
    return short.padding(toLength: 30, withPad: " ", startingAt: 0)
      + String(format: "%10d  %10.0f  %10.0f  %10.0f  ", parameters, fit, hypothesisTest, limit)
      + "\(evaluations)"
  }

  private static func median(_ repeats: Int, _ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<repeats {
      let start = processorTime()
      try work()
      times.append(processorTime() - start)
    }
    return times.sorted()[repeats / 2]
  }

  /// Of this thread, in microseconds.
  static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) * 1e-3
  }
}
