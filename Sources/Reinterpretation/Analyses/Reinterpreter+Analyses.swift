// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Preservation
import Workflow

extension Reinterpreter {
  /// The preserved analyses, sorted by name.
  public func analyses() throws(Failure) -> [AnalysisSummary] {
    try classified {
      let registry = try registry()
      let runs = Dictionary(grouping: try registry.runs()) { $0.version.analysis }
      return Dictionary(grouping: try registry.versions(), by: \.analysis)
        .compactMap { name, versions in
          versions.max { $0.number < $1.number }.map { newest in
            AnalysisSummary(
              analysis: name, version: newest.number, title: newest.title,
              registeredAt: newest.registeredAt, runs: runs[name]?.count ?? 0)
          }
        }
        .sorted { $0.analysis < $1.analysis }
    }
  }

  /// A version whole.
  public func analysis(_ name: String) throws(Failure) -> AnalysisDescription {
    try classified {
      let preserved = try preserved(name)
      let store = try registry().store
      let expected = Dictionary(grouping: try preserved.expectedResults(in: store), by: \.signal)
      let validation = try preserved.validationSignals(in: store).map { _, outline in
        let name = outline.name ?? ""
        return AnalysisDescription.ValidationSignal(
          name: name, point: outline.point,
          expectedResults: (expected[name] ?? []).map(\.values.count).reduce(0, +))
      }
      return AnalysisDescription(preserved, validation: validation)
    }
  }
}

extension AnalysisDescription {
  fileprivate init(_ preserved: PreservedAnalysis, validation: [ValidationSignal]) {
    let specification = preserved.specification
    self.init(
      analysis: preserved.version.analysis, version: preserved.version.number,
      title: preserved.version.title, fingerprint: preserved.version.fingerprint.hex,
      registeredAt: preserved.version.registeredAt, references: specification.references,
      luminosity: specification.luminosity, signal: specification.signal.lines,
      steps: specification.steps.map { step in
        Step(
          id: step.id, kind: step.kind,
          inputs: Dictionary(
            step.inputs.map { ($0.name, $0.reference.text) },
            uniquingKeysWith: { first, _ in first }))
      },
      files: preserved.files.sorted { $0.key < $1.key }.map {
        File(path: $0.key, bytes: $0.value.byteCount, digest: $0.value.digest.hex)
      },
      validation: validation)
  }
}

extension Reference {
  /// As YAML writes it.
  fileprivate var text: String {
    switch self {
    case .signal(let name): "signal.\(name)"
    case .file(let path): "file.\(path)"
    case .output(let step, let name): "\(step).\(name)"
    }
  }
}

extension SignalDeclaration {
  /// What a signal must bring, in words.
  fileprivate var lines: [String] {
    var lines: [String] = []
    if let events {
      let columns = events.map { "\($0.name): \($0.type.rawValue)\($0.isOptional ? "?" : "")" }
      lines.append("events with the columns \(columns.joined(separator: ", "))")
    }
    if let yields {
      let regions = yields.sorted { $0.key < $1.key }
        .map { "\($0.key) (\($0.value) bin\($0.value == 1 ? "" : "s"))" }
      lines.append("yields in \(regions.joined(separator: ", "))")
    }
    if let patch { lines.append("patch, \(patch.rawValue)") }
    if let crossSection { lines.append("cross_section_pb, \(crossSection.rawValue)") }
    return lines
  }
}
