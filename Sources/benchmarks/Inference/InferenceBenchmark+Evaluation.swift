// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

extension InferenceBenchmark {
  /// −log L with its gradient, beside jax and beside reading what any evaluation has to read.
  func evaluation() throws {
    for (file, model) in try largeModels() {
      let likelihood = Likelihood(model, data: model.data)
      let point = model.inits.enumerated().map { $1 + 0.01 * sin(Double($0)) }
      var gradient: [Double] = []
      var sink = 0.0
      let ours = ProcessorTime.least(of: 300, calls: 20) {
        sink += likelihood.evaluate(point, gradient: &gradient)
      }
      func row(_ other: String, _ seconds: Double?, _ goal: SpeedRow.Goal, _ note: String = "") {
        report(
          SpeedRow(
            measure: "NLL + gradient", subject: file.name, ours: ours, other: other,
            seconds: seconds, goal: goal, note: note))
      }
      let templates = ProcessorTime.least(of: 300, calls: 20) {
        sink += likelihood.streamTemplates()
      }
      row(
        "templates read twice", templates, .within(3),
        String(format: "%.1f kB", Double(likelihood.templateBytes) / 1024))
      let tables = ProcessorTime.least(of: 300, calls: 20) { sink += likelihood.streamTables() }
      row("and normsys once", tables, .none)
      if let peer {
        let told = try peer.run(Self.gradientProgram, [file.path])
        row("pyhf jax, warm", told["gradient.warm"], .faster(30))
        row("pyhf jax, first", told["gradient.first"], .none)
      }
      // Printed nowhere: without a use the work could be left out.
      if sink == 0.25 { print() }
    }
  }

  private static let gradientProgram = """
    configure("jax", "scipy")
    import jax
    workspace = pyhf.Workspace(json.load(open(arguments[0])))
    model = workspace.model()
    data = pyhf.tensorlib.astensor(workspace.data(model))
    point = pyhf.tensorlib.astensor(model.config.suggested_init())
    function = jax.jit(jax.value_and_grad(lambda x: -model.logpdf(x, data)[0]))
    def evaluate():
        value, gradient = function(point)
        gradient.block_until_ready()
        return value
    measured("gradient", evaluate, calls=20, runs=100)
    """
}
