// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

extension InferenceBenchmark {
  /// Best fits of compiled models with nothing known.
  func fit() throws {
    for (file, model) in try largeModels() {
      let result = try Analyzer(model).fit()
      let ours = try ProcessorTime.median(of: 11) { _ = try Analyzer(model).fit() }
      try beside(
        ours, measure: "best fit", file, result: result.twiceNLL, program: Self.fitProgram,
        goals: [
          (.jaxScipy, "first", .none), (.jaxScipy, "warm", .faster(50)),
          (.numpyMinuit, "warm", .faster(1000)),
        ])
    }
  }

  /// CLs at mu = 1, observed and five expected, of compiled models with nothing known.
  func hypothesisTest() throws {
    for (file, model) in try largeModels() {
      do {
        let result = try Analyzer(model).hypothesisTest(mu: 1)
        let ours = try ProcessorTime.median(of: 11) {
          _ = try Analyzer(model).hypothesisTest(mu: 1)
        }
        let isOffshell = file.name.contains("offshell")
        try beside(
          ours, measure: "CLs", file, result: result.observedCLs, program: Self.hypothesisProgram,
          goals: [
            (.jaxScipy, "first", isOffshell ? .faster(400) : .none),
            (.jaxScipy, "warm", isOffshell ? .faster(200) : .none),
            (.numpyScipy, "warm", file.name.contains("sbottomA") ? .faster(1500) : .none),
            (.numpyMinuit, "warm", .none),
          ])
      } catch {
        print("CLs of \(file.name): \(error)")
      }
    }
  }

  /// A program's time in each configuration of pyhf, with how far its result is from ours.
  private func beside(
    _ ours: Double, measure: String, _ file: WorkspaceFile, result: Double, program: String,
    goals: [(configuration: PeerConfiguration, call: String, goal: SpeedRow.Goal)]
  ) throws {
    guard let peer else {
      return report(
        SpeedRow(measure: measure, subject: file.name, ours: ours, other: "", seconds: nil))
    }
    var told: [PeerConfiguration: [String: Double]] = [:]
    for (configuration, call, goal) in goals {
      let numbers =
        try told[configuration] ?? peer.run(program, [file.path] + configuration.arguments)
      told[configuration] = numbers
      let seconds = numbers["it." + call] ?? numbers["it.first"]
      let isCutOff = seconds == nil && numbers["expired"] != nil
      report(
        SpeedRow(
          measure: measure, subject: file.name, ours: ours,
          other: "\(configuration.label), \(call)",
          seconds: isCutOff ? Double(peer.limit) : seconds, isLowerBound: isCutOff, goal: goal,
          note: remark(numbers, call, result: result)))
    }
  }

  private func remark(_ numbers: [String: Double], _ call: String, result: Double) -> String {
    if numbers["it.failed"] != nil { return "didn't converge" }
    guard let other = numbers["it.result"] else { return "" }
    return String(format: "theirs − ours %+.1e", other - result)
      + (numbers["it." + call] == nil ? ", one call only" : "")
  }

  private static let setUp = """
    configure(arguments[1], arguments[2])
    workspace = pyhf.Workspace(json.load(open(arguments[0])))
    model = workspace.model()
    data = workspace.data(model)

    """
  private static let fitProgram =
    setUp + """
      measured("it", lambda: pyhf.infer.mle.fit(data, model, return_fitted_val=True)[1])
      """
  private static let hypothesisProgram =
    setUp + """
      measured(
          "it", lambda: pyhf.infer.hypotest(1.0, data, model, return_expected_set=True)[0])
      """
}
