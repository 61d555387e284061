// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

/// Toys from files, from a calculator, and into a file.
struct ToyFiles {
  let request: ToyRequest
  /// Toys of the request's files that are there, with their names.
  let known: [(source: String, tally: ToyTally)]

  init(_ request: ToyRequest) throws {
    self.request = request
    var paths = request.merged
    if let file = request.file, FileManager.default.fileExists(atPath: file) {
      guard !paths.contains(file) else {
        throw Failure.refused("\(file): is the file that toys are put into; don't merge it, too.")
      }
      paths.insert(file, at: 0)
    }
    known = try paths.map { path in
      let bytes = try InputFile.bytes(of: path, limit: InputFile.largestDocument)
      return (path, try ToyTally(json: bytes, source: path))
    }
    guard request.toys.lowerBound >= 0 else {
      throw Failure.refused(
        "Toys are numbered from 0, so there is none \(request.toys.lowerBound).")
    }
  }

  /// What the toys made before were made for.
  var plan: ToyPlan? { known.first?.tally.plan }

  /// The request's, else that of the toys made before, else 0.
  var seed: UInt64 { request.seed ?? plan?.seed ?? 0 }

  /// Toys of all files and those still missing of the request.
  ///
  /// A cancelled task saves what it has, then stops.
  func tally(
    by calculator: ToyCalculator, progress: @escaping @Sendable (ToyProgress) -> Void
  ) async throws -> ToyTally {
    var tally = known.first?.tally ?? calculator.start()
    let others = known.dropFirst().map { ($0.source, $0.tally) }
    // The calculator's own has no toys: merging it says whether the first file's are of this plan.
    let own = known.first.map { [($0.source, calculator.start())] } ?? []
    for (source, other) in own + others {
      do {
        try tally.merge(other)
      } catch {
        throw Failure.refused("\(source): \(error)")
      }
    }
    let sample = tally.tested
    let numbers = (sample.numbers + sample.failures.map(\.number))
      .count { !request.toys.contains($0) }
    let wanted = request.toys.count + numbers
    let file = request.file
    let made = try await calculator.run(
      tally, toys: request.toys, savingEvery: .seconds(file == nil ? 1 : 5)
    ) { tally in
      if let file { try OutputFile.write(tally.json(), to: file) }
      progress(ToyProgress(made: tally.tested.count + tally.tested.failures.count, wanted: wanted))
    }
    // Without toys to make, the files were merged.
    if let file { try OutputFile.write(made.json(), to: file) }
    guard !Task.isCancelled else {
      throw Failure.failed(
        file == nil
          ? "Cancelled. The toys made so far are lost; with a file they would have been kept."
          : "Cancelled. The same command goes on with the toys made so far.")
    }
    return made
  }
}

extension ToyTally {
  var counts: ToyCounts {
    ToyCounts(
      tested: tested.count, alternative: alternative.count,
      failed: tested.failures.count + alternative.failures.count)
  }

  var failures: [ToyFailure] {
    [(tested, plan.mu), (alternative, plan.alternativeMu)].flatMap { sample, mu in
      sample.failures.map { ToyFailure(number: $0.number, mu: mu, message: $0.message) }
    }
  }
}
