// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// A version whole, for people.
enum DescriptionText {
  static func lines(_ analysis: AnalysisDescription) -> [String] {
    [
      head(analysis),
      ["A signal brings:"] + analysis.signal.map { "  \($0)" },
      Table(
        [.text("step"), .text("kind"), .text("inputs")],
        analysis.steps.map { [$0.id, $0.kind, inputs($0)] }
      ).lines(),
      Table(
        [.text("file"), .number("bytes"), .text("sha-256")],
        analysis.files.map { [$0.path, "\($0.bytes)", String($0.digest.prefix(12))] }
      ).lines(),
      Table(
        [.text("validated with"), .text("point"), .number("expected results")],
        analysis.validation.map { [$0.name, PointText.of($0.point), "\($0.expectedResults)"] }
      ).lines(),
    ].joined(separator: [""]).map(\.self)
  }

  private static func head(_ analysis: AnalysisDescription) -> [String] {
    var lines = [
      "\(analysis.analysis)@\(analysis.version)  \(analysis.title)",
      "fingerprint  \(analysis.fingerprint)",
      "registered   \(TimeText.of(analysis.registeredAt)) UTC",
    ]
    if !analysis.references.isEmpty {
      lines.append("references   \(analysis.references.joined(separator: ", "))")
    }
    if let luminosity = analysis.luminosity {
      lines.append("luminosity   \(NumberText.of(luminosity)) fb⁻¹")
    }
    return lines
  }

  private static func inputs(_ step: AnalysisDescription.Step) -> String {
    step.inputs.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value)" }
      .joined(separator: ", ")
  }
}
