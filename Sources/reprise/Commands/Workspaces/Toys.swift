// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Toys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Test a signal strength, or the background alone, with pseudo-experiments.",
    discussion: """
      A toy is a function of the seed, its hypothesis and its number, so the result doesn't depend \
      on how many processes share the work. With --output-file toys are kept every few seconds: the \
      same command goes on after an interruption, and more --toys add to them. Processes that share \
      the work take ranges of their own (--first) and files of their own; --merge puts these \
      together. Signal strength, test statistic and seed are those of toys made before, unless given.
      """)

  @OptionGroup var options: ModelOptions

  @Option(
    help: ArgumentHelp(
      "Toys of each hypothesis (default: 1000, with --merge none).", valueName: "n"))
  var toys: Int?

  @Option(help: ArgumentHelp("Number of the first toy.", valueName: "n"))
  var first = 0

  @Option(
    name: [.long, .customLong("test-poi")], help: "The signal strength to test (default: 1).")
  var mu: Double?

  @Option(
    name: [.long, .customLong("test-stat")], help: "The test statistic (default: qtilde).")
  var testStatistic: StatisticChoice?

  @Flag(help: "Test the background-only hypothesis (q0): p0 and significance.")
  var discovery = false

  @Option(help: "Seed of all toys (default: 0).")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("The file to keep toys in, and to go on with.", valueName: "file"))
  var outputFile: String?

  @Option(
    help: ArgumentHelp("A file of toys with other numbers, to be added.", valueName: "file"))
  var merge: [String] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let mu, !mu.isFinite { throw ValidationError("--mu must be a finite number.") }
    guard !discovery || (mu == nil && testStatistic == nil) else {
      throw ValidationError("--discovery tests mu = 0 with q0: leave out --mu and --test-stat.")
    }
    guard (0...10_000_000).contains(toys ?? 1), (0...1_000_000_000_000).contains(first) else {
      throw ValidationError(
        "--toys is a number up to ten million; share more than that by --first, which is 0 or more."
      )
    }
    guard toys != 0 || !merge.isEmpty || outputFile != nil else {
      throw ValidationError("Without --toys there is nothing to count: give at least 1.")
    }
  }

  func run() async throws {
    let count = toys ?? (merge.isEmpty ? 1000 : 0)
    let request = ToyRequest(
      toys: first..<first + count, seed: seed, file: outputFile, merged: merge)
    let line = ProgressLine()
    defer { line.end() }
    if discovery {
      let report = try await options.source.toyDiscovery(request) { line.show($0) }
      line.end()
      complain(report.failures)
      try output.print(report) { ToyText.lines(report) }
    } else {
      let report = try await options.source.toyTest(
        request, mu: mu, testStatistic: testStatistic
      ) { line.show($0) }
      line.end()
      complain(report.failures)
      try output.print(report) { ToyText.lines(report) }
    }
  }

  private func complain(_ failures: [ToyFailure]) {
    guard let first = failures.first else { return }
    Terminal.complain(
      "\(failures.count) of the toys failed and do not count, such as toy \(first.number) of "
        + "mu = \(NumberText.of(first.mu)): \(first.message)")
  }
}
