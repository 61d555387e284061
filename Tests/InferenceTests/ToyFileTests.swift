// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

@Suite struct ToyFileTests {
  /// Written by hand after the description of the format.
  private static let text = """
    {"toys_schema": 1,
     "plan": {"mu": 1, "alternative_mu": 0, "test_statistic": "qtilde", "seed": 18446744073709551615,
              "fingerprint": "0123456789abcdef"},
     "observed": 1.5,
     "tested": {"runs": [[0, 3], [5, 1]], "statistics": [0, 2.25, 1.5, 0.125],
                "failures": [{"number": 3, "message": "the fit didn't converge"}]},
     "alternative": {"runs": [[0, 2]], "statistics": [1.75, 4], "failures": []}}
    """

  private func read(_ text: String) throws -> ToyTally {
    try ToyTally(json: Data(text.utf8), source: "toys.json")
  }

  @Test("A file is read as it is described")
  func reading() throws {
    let tally = try read(Self.text)
    #expect(tally.plan.seed == .max && tally.plan.statistic == .qTilde && tally.plan.mu == 1)
    #expect(
      tally.tested.numbers == [0, 1, 2, 5] && tally.tested.statistics == [0, 2.25, 1.5, 0.125])
    #expect(tally.tested.failures.map(\.number) == [3])
    let test = try tally.test()
    #expect(test.clsb.value == 0.5 && test.clb.value == 1 && test.cls?.value == 0.5)
    #expect(test.tested == 4 && test.alternative == 2 && test.failures == 1)
    #expect(try read(String(decoding: tally.json(), as: UTF8.self)) == tally)
  }

  @Test("A tally survives its file to the last bit, and the same toys are the same bytes")
  func roundTrip() async throws {
    let calculator = try ToyCalculator(Model(SmallModels.random(seed: 6)), seed: 3)
    var tally = try await calculator.run(calculator.start(), toys: 0..<7)
    tally = try await calculator.run(tally, toys: 10..<12)
    let json = try tally.json()
    #expect(String(decoding: json, as: UTF8.self).contains("[[0,7],[10,2]]"))
    let read = try ToyTally(json: json, source: "toys.json")
    #expect(try read == tally && read.json() == json)
    // A file is as good as the tally it was made of.
    let resumed = try await calculator.run(read, toys: 0..<14)
    let once = try await calculator.run(calculator.start(), toys: 0..<14)
    #expect(resumed == once)
  }

  @Test(
    "A file that contradicts itself is refused, with its name and the place",
    arguments: [
      (#""toys_schema": 1"#, #""toys_schema": 2"#, "version 2"),
      (#""toys_schema": 1,"#, "", "'toys_schema' is missing"),
      (#""observed": 1.5"#, #""observed": -1"#, "'observed'"),
      (#""observed": 1.5"#, #""observed": "x""#, "'observed'"),
      ("[[0, 3], [5, 1]]", "[[0, 3], [2, 1]]", "tested.runs"),
      ("[[0, 3], [5, 1]]", "[[0, 3]]", "4 test statistics for 3 toys"),
      ("[[0, 3], [5, 1]]", "[[0, 5]]", "tested.runs"),
      ("[[0, 3], [5, 1]]", "[[-1, 4]]", "tested.runs"),
      ("[[0, 3], [5, 1]]", "[[0, -4]]", "tested.runs"),
      ("[[0, 3], [5, 1]]", "[[0, 3], [9223372036854775807, 1]]", "tested.runs"),
      ("[[0, 3], [5, 1]]", "[[4]]", "tested.runs"),
      ("2.25", "-2.25", "tested.statistics"),
      (#""number": 3"#, #""number": 2"#, "tested.failures"),
      (#""number": 3"#, #""number": -3"#, "tested.failures"),
      (#""failures": []}"#, "}", "'alternative.failures' is missing"),
      ("qtilde", "qcurl", "plan.test_statistic"),
      ("{", "", "it isn't JSON"),
    ])
  func refusals(from: String, to: String, problem: String) throws {
    let changed = Self.text.replacing(from, with: to, maxReplacements: 1)
    #expect(changed != Self.text)
    let refusal = #expect(throws: InvalidToyFile.self) { try read(changed) }
    let description = refusal?.description ?? ""
    #expect(description.hasPrefix("toys.json is no file of toys: "))
    #expect(description.contains(problem), "\(description)")
  }
}
