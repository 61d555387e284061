// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

extension InferenceBenchmark {
  /// Toys with two fits each (q̃ at mu = 1), and two tasks against one.
  func toys() async throws {
    for (name, goal) in [
      ("gen_alltypes", SpeedRow.Goal.faster(2000)), ("sbottomA_1000_131", .faster(2000)),
      ("1Lbb_full_700_400", .none),
    ] {
      let file = file(name)
      let calculator = try ToyCalculator(file.model(), mu: 1)
      let trial = try await Self.seconds(calculator, toys: 20, width: 1).processor
      let count = max(40, Int(40 / trial))
      let one = try await Self.seconds(calculator, toys: count, width: 1)
      let perToy = one.processor / Double(2 * count)
      func row(_ other: String, _ seconds: Double?, _ goal: SpeedRow.Goal, _ note: String) {
        report(
          SpeedRow(
            measure: "a toy, two fits", subject: name, ours: perToy, other: other,
            seconds: seconds, goal: goal, note: note))
      }
      let failures = one.tally.tested.failures.count + one.tally.alternative.failures.count
      let ownNote = "\(2 * count) toys, \(failures) failed"
      if let peer {
        for configuration in [PeerConfiguration.numpyScipy, .jaxScipy] {
          let told = try peer.run(Self.toyProgram, [file.path] + configuration.arguments)
          row(
            configuration.label, told["seconds"], goal,
            String(format: "theirs from %.0f toys; ours: ", told["toys"] ?? 0) + ownNote)
        }
      } else {
        row("", nil, .none, ownNote)
      }
      try await twoCores(calculator, name: name, toys: max(10, count / 8))
    }
  }

  /// Pairs of short runs, one after the other; those that were disturbed least. What counts is the
  /// processor time of the thread that has the most: the time on the wall of a machine that does
  /// nothing else.
  private func twoCores(_ calculator: ToyCalculator, name: String, toys: Int) async throws {
    var (one, two) = (Double.infinity, Double.infinity)
    for _ in 0..<15 {
      one = min(one, try await Self.seconds(calculator, toys: toys, width: 1).busiest)
      two = min(two, try await Self.seconds(calculator, toys: toys, width: 2).busiest)
    }
    report(
      SpeedRow(
        measure: "toys on two cores", subject: name, ours: two, other: "one core", seconds: one,
        goal: .faster(1.9), note: "\(2 * toys) toys, busiest thread, least of 15"))
  }

  private static func seconds(_ calculator: ToyCalculator, toys: Int, width: Int) async throws
    -> (processor: Double, busiest: Double, tally: ToyTally)
  {
    let threads = ProcessorTime.threads
    let processor = ProcessorTime.process
    let tally = try await calculator.run(calculator.start(), toys: 0..<toys, width: width)
    let total = ProcessorTime.process - processor
    let busiest = ProcessorTime.threads.map { $1 - threads[$0, default: 0] }.max() ?? total
    return (total, busiest, tally)
  }

  /// What pyhf's `ToyCalculator` does for each toy, as many as are made in the time; with jax the first
  /// one, which compiles, doesn't count.
  private static let toyProgram = """
    configure(arguments[1], arguments[2])
    workspace = pyhf.Workspace(json.load(open(arguments[0])))
    model = workspace.model()
    data = workspace.data(model)
    config = model.config
    init, bounds, fixed = (
        config.suggested_init(), config.suggested_bounds(), config.suggested_fixed())
    point = pyhf.infer.mle.fixed_poi_fit(1.0, data, model)
    pdf = model.make_pdf(pyhf.tensorlib.astensor(point))
    def toy():
        sample = pdf.sample((1,))[0]
        try:
            pyhf.infer.test_statistics.qmu_tilde(1.0, sample, model, init, bounds, fixed)
        except Exception:
            pass
    allow(3 * limit)
    toy()
    start = time.process_time()
    toys = 0
    while time.process_time() - start < limit:
        toy()
        toys += 1
        say("toys", toys)
        say("seconds", (time.process_time() - start) / toys)
    """
}
