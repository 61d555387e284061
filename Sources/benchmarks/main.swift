// SPDX-License-Identifier: Apache-2.0
import Foundation

// benchmarks inference [--pyhf PYTHON] [--workspaces FOLDER] [--limit SECONDS]
//   [--measures start,evaluation,fit,cls,patches,ranking,toys] [NAME…]
//
// The speed table: our times beside those of pyhf (numpy, jax; scipy, minuit) and cabinetry in the
// same run, in processor time, with ratios and goals. --limit is what one measure of theirs may take
// (60 s, of processor time); NAME restricts evaluation, fit and cls to workspaces whose names contain it.
//
// benchmarks sampling [--seeds COUNT] [--first-seed NUMBER] [CASE…]
//
// How many evaluations a contour costs, and those of other strategies.
//
// benchmarks selection [--python PYTHON]
//
// Two selections of two million events beside a C++ loop and Python's arrays, in the same run.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "inference": try await InferenceBenchmark.run(Array(arguments.dropFirst()))
case "sampling": try await SamplingBenchmark.run(Array(arguments.dropFirst()))
case "selection": try await SelectionBenchmark.run(Array(arguments.dropFirst()))
case "first-likelihood" where arguments.count == 2:
  try InferenceBenchmark.firstLikelihood(arguments[1])
default:
  print(
    "benchmarks inference | sampling | selection: see Sources/benchmarks/main.swift for options")
}
