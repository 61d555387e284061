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

  var source: WorkspaceSource {
    var source = workspace.source
    (source.histosys, source.normsys) = (histosys, normsys)
    return source
  }
}
