// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// The root command: only groups the others.
struct Reprise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprise",
    abstract: "Preserve a particle-physics analysis once; ask it about any new signal.",
    discussion: """
      A registry keeps analyses, runs and results. It is the folder named by --registry, else by \
      REPRISE_REGISTRY, else ./registry if there is one, else reprise in the user's data folder.

      Exit codes: 0 done, 1 a run failed, 64 bad usage or specification, 70 a fault of reprise.
      """,
    version: Reinterpreter.engineVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "Preserved analyses",
        subcommands: [
          Register.self, List.self, Show.self, Validate.self, Verify.self, Export.self, Import.self,
        ]),
      CommandGroup(
        name: "Reinterpretation",
        subcommands: [Plan.self, Reinterpret.self, Results.self, Status.self, Logs.self]),
      CommandGroup(
        name: "Scans",
        subcommands: [
          Scan.self, Contour.self, Figure.self, Predict.self, EfficiencyMap.self,
        ]),
      CommandGroup(name: "Files of events", subcommands: [EventsCommand.self]),
      CommandGroup(
        name: "Workspace files",
        subcommands: [
          Inspect.self, Modifiers.self, Logpdf.self, Fit.self, GoodnessOfFit.self, CLs.self,
          Limit.self,
          Significance.self, Toys.self, RankingCommand.self, ScanLikelihood.self,
          YieldsCommand.self,
        ]),
      CommandGroup(
        name: "Workspace files made of others",
        subcommands: [
          Prune.self, Rename.self, Combine.self, Sort.self, Digest.self, PatchSetCommand.self,
          XML2JSON.self, JSON2XML.self, HS32JSON.self, JSON2HS3.self, Simplify.self,
        ]),
    ])
}
