// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

// benchmarks [--pyhf PYTHON] [--repeats N] WORKSPACE.json…
//
// Medians of processor time for the best fit, CLs at mu = 1 (observed and expected) and the upper
// limits, each from a compiled model with nothing known. With --pyhf the same questions are put to
// pyhf (numpy, scipy) by that Python in the same run.
let invocation = Invocation(Array(CommandLine.arguments.dropFirst()))
print(
  "workspace                      parameters      fit µs      CLs µs    limit µs  fit evaluations")
for file in invocation.files {
  do {
    let native = try NativeTimes(file: file, repeats: invocation.repeats)
    print(native.line(name: file))
    if let python = invocation.python, let other = try PeerTimes(python: python, file: file) {
      print(other.line(beside: native))
    }
  } catch {
    print("\(file): \(error)")
  }
}
