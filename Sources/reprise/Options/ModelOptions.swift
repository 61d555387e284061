// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// The workspace a statistical question is about, and how its templates are interpolated.
struct ModelOptions: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOptions

  @Option(help: "How a histosys goes from its lower to its upper template.")
  var histosys: HistosysCode = .code4p

  @Option(help: "How a normsys goes from its lower to its upper factor.")
  var normsys: NormsysCode = .code4

  @Option(
    help: ArgumentHelp(
      "The fewest events a sample may expect in a bin (default: no limit).", valueName: "events"))
  var minimumSampleYield: Double?

  @Option(
    help: ArgumentHelp(
      "The fewest events a bin may expect (default: no limit).", valueName: "events"))
  var minimumBinYield: Double?

  func validate() throws {
    for (name, value) in [
      ("--minimum-sample-yield", minimumSampleYield), ("--minimum-bin-yield", minimumBinYield),
    ] {
      guard value?.isFinite != false, value ?? 0 >= 0 else {
        throw ValidationError("\(name) must be a number of events, 0 or more.")
      }
    }
  }

  var source: WorkspaceSource {
    var source = workspace.source
    (source.histosys, source.normsys) = (histosys, normsys)
    source.minimumSampleYield = minimumSampleYield
    source.minimumBinYield = minimumBinYield
    return source
  }
}
