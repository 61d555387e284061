// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

// benchmarks [--pyhf PYTHON] [--repeats N] WORKSPACE.json…
//
// Medians of processor time for the best fit, CLs at mu = 1 (observed and expected) and the upper
// limits, each from a compiled model with nothing known. With --pyhf the same questions are put to
// pyhf (numpy, scipy) by that Python in the same run.
//
// benchmarks sampling [--seeds COUNT] [--first-seed NUMBER] [CASE…]
//
// How many evaluations a contour costs, and those of other strategies.
//
// benchmarks likelihood WORKSPACE.json…
//
// One evaluation with gradient and Hessian, beside the time its templates take to be read twice.
//
// benchmarks toys [--pyhf PYTHON] WORKSPACE.json…
//
// Toys a second (two fits each, q̃ at mu = 1) in one task and in two, and a ranking of all nuisance
// parameters in one; with --pyhf beside as many toys as pyhf (numpy, scipy) makes in a minute.
let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "sampling" {
  try await SamplingBenchmark.run(Array(arguments.dropFirst()))
  exit(0)
}
if arguments.first == "likelihood" {
  try LikelihoodBenchmark.run(Array(arguments.dropFirst()))
  exit(0)
}
if arguments.first == "toys" {
  try await ToyBenchmark.run(Array(arguments.dropFirst()))
  exit(0)
}
let invocation = Invocation(arguments)
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
