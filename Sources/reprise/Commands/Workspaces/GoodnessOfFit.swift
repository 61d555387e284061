// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct GoodnessOfFit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goodness-of-fit",
    abstract: "Compare the best fit with the saturated model.")

  @OptionGroup var options: ModelOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let goodness = try options.source.goodnessOfFit()
    try output.print(goodness) {
      Table(
        [.number("χ²"), .number("degrees of freedom"), .number("p")],
        [
          [
            NumberText.of(goodness.chiSquared, digits: 6), "\(goodness.degreesOfFreedom)",
            NumberText.of(goodness.pValue),
          ]
        ]
      ).lines()
    }
  }
}
