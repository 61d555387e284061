// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A Python that has pyhf: it runs programs of ours and tells numbers.
struct Peer: Sendable {
  let python: String
  /// Seconds of processor time that one measure may take.
  let limit: Int

  /// The numbers that a program printed as lines "key number", the last of each key.
  func run(_ program: String, _ arguments: [String]) throws -> [String: Double] {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", Self.prelude + program, String(limit)] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    var numbers: [String: Double] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, let number = Double(words[1]) { numbers[String(words[0])] = number }
    }
    return numbers
  }

  /// `measured` tells the processor time of the first call, which compiles and warms caches, and the
  /// least of a few later ones, with what they return. A program that takes longer than the limit ends
  /// there: an exception would be lost in optimisers that aren't Python.
  private static let prelude = """
    import copy, json, os, signal, sys, time
    limit = int(sys.argv[1])
    arguments = sys.argv[2:]
    def say(key, number):
        print(key, float(number), flush=True)
    def expired(*_):
        say("expired", limit)
        os._exit(0)
    signal.signal(signal.SIGPROF, expired)
    def allow(seconds):
        signal.setitimer(signal.ITIMER_PROF, seconds)
    # Threads that start processes may block signals, which processes inherit.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF})
    def measured(key, work, calls=1, runs=5):
        allow(limit)
        try:
            begin = time.process_time()
            for run in range(runs + 1):
                start = time.process_time()
                for _ in range(calls if run else 1):
                    result = work()
                seconds = (time.process_time() - start) / (calls if run else 1)
                best = seconds if run < 2 else min(best, seconds)
                say(key + (".warm" if run else ".first"), best)
                say(key + ".result", result)
                if run and time.process_time() - begin > limit / 4:
                    break
        except Exception as failure:
            print(failure, file=sys.stderr)
            say(key + ".failed", 1)
        finally:
            allow(0)
    import pyhf
    def configure(backend, optimizer):
        pyhf.set_backend(backend, getattr(pyhf.optimize, optimizer + "_optimizer")())

    """
}
