// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

extension InferenceBenchmark {
  /// CLs of 200 signals on one background: every number of the signal sample lies on the line between
  /// two published points.
  func patches() throws {
    let files = [file("sbottomA_1000_131"), file("sbottomA_1300_205")]
    let workspaces = try files.map { try $0.workspace() }
    let grid = SignalLine(from: workspaces[0], to: workspaces[1])
    let count = 200
    var results: [Double] = []
    var compiling = 0.0
    let start = ProcessorTime.thread
    for index in 0..<count {
      let begin = ProcessorTime.thread
      let patched = try Model(grid.workspace(at: Double(index) / Double(count - 1)))
      compiling += ProcessorTime.thread - begin
      results.append(try Analyzer(patched).hypothesisTest(mu: 1).observedCLs)
    }
    let ours = (ProcessorTime.thread - start) / Double(count)
    let note = "compiling \(SpeedRow.time(compiling / Double(count))) of it"
    func row(_ other: String, _ seconds: Double?, _ goal: SpeedRow.Goal, _ note: String) {
      report(
        SpeedRow(
          measure: "one of \(count) patches", subject: "sbottomA", ours: ours, other: other,
          seconds: seconds, goal: goal, note: note))
    }
    guard let peer else { return row("", nil, .none, note) }
    for configuration in PeerConfiguration.allCases {
      let told = try peer.run(
        Self.patchProgram, files.map(\.path) + configuration.arguments + [String(count)])
      let difference = results.enumerated().reduce(0) { largest, point in
        max(largest, abs((told["cls.\(point.offset)"] ?? point.element) - point.element))
      }
      row(
        configuration.label, told["seconds"], .faster(1000),
        String(format: "theirs from %.0f, ", told["points"] ?? 0)
          + String(format: "CLs differ by %.0e; ", difference) + note)
    }
  }

  private static let patchProgram = """
    configure(arguments[2], arguments[3])
    count = int(arguments[4])
    first, last = [json.load(open(path)) for path in arguments[:2]]
    poi = first["measurements"][0]["config"]["poi"]
    def between(a, b, t):
        if isinstance(a, dict):
            return {key: between(a[key], b[key], t) for key in a}
        if isinstance(a, list):
            return [between(x, y, t) for x, y in zip(a, b)]
        return a if a is None or isinstance(a, str) else a + t * (b - a)
    def is_signal(sample):
        return any(modifier["name"] == poi for modifier in sample["modifiers"])
    def patched(t):
        spec = copy.deepcopy(first)
        for channel in spec["channels"]:
            other = next(c for c in last["channels"] if c["name"] == channel["name"])
            for sample in filter(is_signal, channel["samples"]):
                target = next(filter(is_signal, other["samples"]))
                sample["data"] = between(sample["data"], target["data"], t)
                changes = {(m["name"], m["type"]): m["data"] for m in target["modifiers"]}
                for modifier in sample["modifiers"]:
                    modifier["data"] = between(
                        modifier["data"], changes[modifier["name"], modifier["type"]], t)
        return spec
    start = time.process_time()
    allow(limit)
    for point in range(count):
        workspace = pyhf.Workspace(patched(point / (count - 1)), validate=False)
        model = workspace.model(validate=False)
        data = workspace.data(model)
        cls = pyhf.infer.hypotest(1.0, data, model, return_expected_set=True)[0]
        say("cls." + str(point), cls)
        say("points", point + 1)
        say("seconds", (time.process_time() - start) / (point + 1))
    """
}
