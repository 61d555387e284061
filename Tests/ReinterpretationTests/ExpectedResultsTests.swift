// SPDX-License-Identifier: Apache-2.0
import Reinterpretation
import Testing
import Workflow

@Suite struct ExpectedResultsTests {
  @Test func wholeFile() throws {
    let expected = try ExpectedResults(
      yaml: """
        schema: 1
        signal: nominal
        source: a paper
        results:
          - {step: test, quantity: cls, value: 0.05, tolerance: {absolute: 1e-5}}
          - {step: test, quantity: cls_expected, sigma: -2, value: 0.002, tolerance: {relative: 1e-3}}
          - {step: model, quantity: yield, subject: SR, value: 12, tolerance: {relative: 0}, source: table 3}
        """, file: "expected/nominal.yaml")
    #expect(expected.signal == "nominal")
    #expect(expected.values.map(\.quantity) == [.cls, .cls_expected, .yield])
    #expect(expected.values[1].sigma == -2)
    #expect(expected.values[1].tolerance == .relative(1e-3))
    #expect(expected.values[2].subject == "SR")
    #expect(expected.values[2].source == "table 3")
  }

  @Test func everyProblemAtOnce() throws {
    let error = #expect(throws: InvalidSpecification.self) {
      try ExpectedResults(
        yaml: """
          schema: 1
          signal: nominal
          results:
            - {step: test, quantity: clz, value: 0.05, tolerance: {absolute: 1e-5}}
            - {step: test, quantity: cls, value: five, tolerance: {absolute: 1e-5}}
            - {step: test, quantity: cls, value: 5, tolerance: {absolute: 1, relative: 1}}
            - {step: test, quantity: cls, value: 5, tolerance: {absolute: 1}, sigma: 3}
          """, file: "expected/nominal.yaml")
    }
    let text = error?.description ?? ""
    #expect(text.contains("source"))
    #expect(text.contains("expected/nominal.yaml:4:"))
    #expect(text.contains("did you mean 'cls'?"))
    #expect(text.contains("expected/nominal.yaml:5:"))
    #expect(text.contains("a tolerance is either"))
    #expect(text.contains("expected/nominal.yaml:7:"))
  }

  @Test(arguments: [
    ("{relative: 0.01}", 101.0, true), ("{relative: 0.01}", 101.1, false),
    ("{relative: 0.01}", 99.0, true), ("{absolute: 0.5}", 100.5, true),
    ("{absolute: 0.5}", 100.6, false), ("{absolute: 0.5}", .nan, false),
  ])
  func tolerance(text: String, value: Double, isAccepted: Bool) throws {
    let expected = try ExpectedResults(
      yaml: """
        schema: 1
        signal: s
        source: s
        results: [{step: t, quantity: cls, value: 100, tolerance: \(text)}]
        """, file: "e.yaml")
    #expect(expected.values[0].accepts(value) == isAccepted)
  }
}
