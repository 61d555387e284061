// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

/// Toys a second, with two fits each, and the time of a ranking, beside pyhf's.
enum ToyBenchmark {
  static func run(_ arguments: [String]) async throws {
    let invocation = Invocation(arguments)
    print("workspace                      parameters  failures   toys/s    on two  ranking ms")
    for file in invocation.files {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
      let model = try Model(Workspace(json: bytes, source: file))
      let calculator = try ToyCalculator(model, mu: 1)
      let trial = try await rate(calculator, toys: 20, width: 1).rate
      let count = max(20, Int(trial))
      let (one, tally) = try await rate(calculator, toys: count, width: 1)
      let two = try await rate(calculator, toys: count, width: 2).rate
      let start = ContinuousClock.now
      _ = try await Ranking(model, width: 1)
      let ranking = (ContinuousClock.now - start) / .milliseconds(1)
      let failures = tally.tested.failures.count + tally.alternative.failures.count
      let name = URL(filePath: file).deletingPathExtension().lastPathComponent
      print(
        name.padding(toLength: 30, withPad: " ", startingAt: 0)
          + String(
            format: "%11d  %8d  %7.0f  %8.0f  %10.1f", model.inits.count, failures, one, two,
            ranking))
      if let python = invocation.python, let other = try peerRate(python, file) {
        print(
          "  pyhf (numpy, scipy)".padding(toLength: 42, withPad: " ", startingAt: 0)
            + String(format: "           %7.2f    %.0f times ours", other, one / other))
      }
    }
  }

  /// Toys of both hypotheses a second: of processor time in one task, of a clock on the wall in more.
  private static func rate(_ calculator: ToyCalculator, toys: Int, width: Int) async throws
    -> (rate: Double, tally: ToyTally)
  {
    let start = ContinuousClock.now
    let startOfProcessor = processorSeconds()
    let tally = try await calculator.run(calculator.start(), toys: 0..<toys, width: width)
    let seconds =
      width == 1
      ? processorSeconds() - startOfProcessor : (ContinuousClock.now - start) / .seconds(1)
    return (Double(2 * toys) / seconds, tally)
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// As many toys as pyhf finishes in a minute; nil where the first fails.
  private static func peerRate(_ python: String, _ file: String) throws -> Double? {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", program, file]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return process.terminationStatus == 0 ? Double(text) : nil
  }

  /// What its `ToyCalculator` does for each toy.
  private static let program = """
    import json, sys, time, pyhf
    workspace = pyhf.Workspace(json.load(open(sys.argv[1])))
    model = workspace.model()
    data = workspace.data(model)
    config = model.config
    init, bounds, fixed = (
        config.suggested_init(), config.suggested_bounds(), config.suggested_fixed())
    point = pyhf.infer.mle.fixed_poi_fit(1.0, data, model)
    pdf = model.make_pdf(pyhf.tensorlib.astensor(point))
    start = time.time()
    processor = time.process_time()
    count = 0
    while time.time() - start < 60:
        toy = pdf.sample((1,))[0]
        try:
            pyhf.infer.test_statistics.qmu_tilde(1.0, toy, model, init, bounds, fixed)
        except Exception:
            pass
        count += 1
    print(count / (time.process_time() - processor))
    """
}
