// SPDX-License-Identifier: Apache-2.0
import Foundation

/// pyhf's times for the same workspace in the same run, microseconds of processor time.
struct PeerTimes: Decodable {
  let fit: Double, hypothesisTest: Double

  /// Nil if the program fails, for example where a fit of its own doesn't converge.
  init?(python: String, file: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", Self.program, file]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    self = try JSONDecoder().decode(PeerTimes.self, from: data)
  }

  func line(beside native: NativeTimes) -> String {
    "  pyhf (numpy, scipy)".padding(toLength: 42, withPad: " ", startingAt: 0)
      + String(format: "%10.0f  %10.0f", fit, hypothesisTest)
      + String(
        format: "    %.0f and %.0f times ours", fit / native.fit,
        hypothesisTest / native.hypothesisTest)
  }

  /// Its own code path from a model in memory; the better of two runs, the first warms caches.
  private static let program = """
    import json, sys, time, pyhf
    workspace = pyhf.Workspace(json.load(open(sys.argv[1])))
    model = workspace.model()
    data = workspace.data(model)
    def microseconds(work):
        times = []
        for _ in range(2):
            start = time.process_time()
            work()
            times.append(1e6 * (time.process_time() - start))
        return min(times)
    print(json.dumps({
        "fit": microseconds(lambda: pyhf.infer.mle.fit(data, model)),
        "hypothesisTest": microseconds(
            lambda: pyhf.infer.hypotest(1.0, data, model, return_expected_set=True)),
    }))
    """
}
