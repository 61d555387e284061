// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference

extension InferenceBenchmark {
  /// Up to a hundred nuisance parameters, four fits each, in one task.
  func ranking() async throws {
    let file = file("1Lbb_full_700_400")
    let model = try file.model()
    let nuisances = model.inits.indices.filter {
      $0 != model.parameterOfInterest && !model.isFixed[$0]
    }.prefix(100)
    var ours = Double.infinity
    for _ in 0..<3 {
      let start = ProcessorTime.process
      _ = try await Ranking(model, parameters: Array(nuisances), width: 1)
      ours = min(ours, ProcessorTime.process - start)
    }
    guard let peer else {
      return report(
        SpeedRow(
          measure: "ranking of \(nuisances.count)", subject: file.name, ours: ours, other: "",
          seconds: nil))
    }
    for backend in ["numpy", "jax"] {
      let told = try peer.run(Self.rankingProgram, [file.path, backend])
      let fits = told["fits"] ?? 0
      let wanted = Double(1 + 4 * nuisances.count)
      report(
        SpeedRow(
          measure: "ranking of \(nuisances.count)", subject: file.name, ours: ours,
          other: "cabinetry \(backend)",
          seconds: told["seconds"].map { $0 * wanted / fits } ?? Double(peer.limit),
          isLowerBound: fits == 0, goal: .faster(100),
          note: String(format: "theirs from %.0f of %.0f fits", fits, wanted)))
    }
  }

  /// Counts the fits that cabinetry's ranking makes until the time is over.
  private static let rankingProgram = """
    import cabinetry, logging
    logging.disable(logging.CRITICAL)
    pyhf.set_backend(arguments[1], pyhf.optimize.minuit_optimizer())
    workspace = pyhf.Workspace(json.load(open(arguments[0])))
    model = workspace.model()
    data = workspace.data(model)
    fit_model = cabinetry.fit._fit_model
    fits = 0
    start = time.process_time()
    def counted(*values, **options):
        global fits
        result = fit_model(*values, **options)
        fits += 1
        say("fits", fits)
        say("seconds", time.process_time() - start)
        return result
    cabinetry.fit._fit_model = counted
    allow(limit)
    cabinetry.fit.ranking(model, data)
    """
}
