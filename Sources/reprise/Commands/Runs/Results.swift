// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Results: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask the results database.",
    discussion: """
      Conditions compare the point's parameters and the columns: --where "m_sq_gev > 1000 and \
      value < 0.05 and subject is null". 'scan' is the scan that a run belongs to. SQL is one \
      SELECT, read-only, over the view 'results' and the tables.
      """)

  /// A table for people, JSON or comma-separated values for programs.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv
  }

  @Option(help: ArgumentHelp("Only this analysis, all versions or NAME@3.", valueName: "name"))
  var analysis: String?

  @Option(help: ArgumentHelp("Only this signal.", valueName: "name"))
  var signal: String?

  @Option(help: ArgumentHelp("Only this quantity, such as cls or upper_limit.", valueName: "name"))
  var quantity: String?

  @Option(help: ArgumentHelp("Only this step.", valueName: "id"))
  var step: String?

  @Option(
    name: .customLong("run"), help: ArgumentHelp("Only this run.", valueName: "number"))
  var number: Int64?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only where this comparison holds.", valueName: "condition"))
  var condition: String?

  @Option(help: ArgumentHelp("A SELECT instead of the options above.", valueName: "select"))
  var sql: String?

  @OptionGroup var registry: RegistryOptions

  @Option(help: "How to print.")
  var format: Format = .table

  func validate() throws {
    let narrowed: [Any?] = [analysis, signal, quantity, step, number, condition]
    if sql != nil, narrowed.contains(where: { $0 != nil }) {
      throw ValidationError("--sql stands alone: put the conditions into its WHERE.")
    }
  }

  func run() throws {
    let reinterpreter = registry.reinterpreter()
    if let sql {
      try Terminal.say(ResultText.of(reinterpreter.query(sql), as: format))
    } else {
      var question = ResultQuestion()
      question.analysis = analysis
      question.signal = signal
      question.quantity = quantity
      question.step = step
      question.run = number
      question.condition = condition
      try Terminal.say(ResultText.of(reinterpreter.results(matching: question), as: format))
    }
  }
}
