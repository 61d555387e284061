// SPDX-License-Identifier: Apache-2.0

/// Reads the mapping at the root of `scan.yaml`.
struct ScanReader {
  static let share = Double.leastNonzeroMagnitude...0.5
  static let positive = Double.leastNonzeroMagnitude ... .greatestFiniteMagnitude
  /// Largest number of points of a grid, a list or a budget.
  static let pointLimit = 100_000

  let fields: FieldReader
  let folder: SpecificationFolder
  let diagnostics: Diagnostics

  /// The scan; nil only when something was reported.
  func read(
    analysis find: ((String) throws -> AnalysisSpecification)?,
    constraintProblem: (String, [String]) -> String?
  ) -> ScanSpecification? {
    fields.schema()
    let name = SpecificationName.kebabCase.read(fields.node("scan", required: true), diagnostics)
    let analysis = analysis(fields.node("analysis", required: true), find)
    let signal = path(fields.node("signal", required: true))
    let parameters = parameters(fields.node("parameters", required: true))
    let constraints = constraints(parameters.map(\.name), constraintProblem)
    let outputs = ScanOutputReader(
      analysis: analysis?.specification, isAnalysisKnown: find != nil, diagnostics: diagnostics
    ).read(fields.node("outputs"), in: fields.node)
    let strategy = strategy(over: parameters)
    let design = design(over: parameters, isActive: strategy == .active)
    let usesGradients = usesGradients()
    let acquisition = acquisition(isActive: strategy == .active)
    let mode = fields.choice("mode", of: ScanSpecification.Mode.self)
    let warmStart = warmStart(of: name)
    let failures = failures()
    let stop = stop()
    let seed = fields.int("seed", in: 0...Int.max)
    fields.finish()
    guard !diagnostics.hasErrors, let name, let analysis, let signal, let strategy else {
      return nil
    }
    return ScanSpecification(
      name: name, analysis: analysis.name, signal: signal, parameters: parameters,
      constraints: constraints, outputs: outputs, strategy: strategy, design: design,
      usesGradients: usesGradients, acquisition: acquisition, mode: mode ?? .rounds,
      warmStart: warmStart, failures: failures, stop: stop, seed: UInt64(seed ?? 0))
  }

  /// `NAME` or `NAME@3`, and the analysis if it can be had.
  private func analysis(
    _ node: SpecificationNode?, _ find: ((String) throws -> AnalysisSpecification)?
  ) -> (name: String, specification: AnalysisSpecification?)? {
    guard let node, let text = node.string(diagnostics) else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let hasVersion =
      parts.count == 2 && (Int(parts[1]).map { $0 > 0 && "\($0)" == parts[1] } ?? false)
    guard let head = parts.first, SpecificationName.kebabCase.matches(String(head)),
      parts.count == 1 || hasVersion
    else {
      diagnostics.error(
        "'\(text)' is no analysis: write NAME, or NAME@3 for its version 3", at: node)
      return nil
    }
    do {
      return (text, try find?(text))
    } catch {
      diagnostics.error("\(error)", at: node)
      return (text, nil)
    }
  }

  /// A path that is a file inside the folder.
  func path(_ node: SpecificationNode?) -> String? {
    guard let node, let path = node.string(diagnostics) else { return nil }
    guard let problem = folder.problem(with: path) else { return path }
    diagnostics.error(problem, at: node)
    return nil
  }

  private func constraints(_ parameters: [String], _ problem: (String, [String]) -> String?)
    -> [String]
  {
    (fields.elements("constraints") ?? []).compactMap { node in
      guard let text = node.string(diagnostics) else { return nil }
      if !parameters.isEmpty, let problem = problem(text, parameters) {
        diagnostics.error(problem, at: node)
      }
      return text
    }
  }

  private func usesGradients() -> Bool {
    enum Gradients: String, CaseIterable { case auto, off }
    guard let node = fields.node("surrogate") else { return true }
    let reader = FieldReader(node, diagnostics)
    let gradients = reader.choice("gradients", of: Gradients.self)
    reader.finish()
    return gradients != .off
  }

  private func acquisition(isActive: Bool) -> ScanAcquisition {
    guard let node = fields.node("acquisition") else { return ScanAcquisition() }
    let reader = FieldReader(node, diagnostics)
    let kindNode = reader.node("kind")
    let kind = kindNode?.choice(of: ScanAcquisition.Kind.self, diagnostics)
    let batch = reader.int("batch", in: 1...1000)
    reader.finish()
    if !isActive, let kindNode {
      diagnostics.error("only the strategy 'active' has a kind of acquisition", atKeyOf: kindNode)
    }
    return ScanAcquisition(kind: kind ?? .mesSum, batch: batch ?? 1)
  }

  private func warmStart(of name: String?) -> String? {
    guard let node = fields.node("warm_start") else { return nil }
    let reader = FieldReader(node, diagnostics)
    let scanNode = reader.node("scan", required: true)
    reader.finish()
    let scan = SpecificationName.kebabCase.read(scanNode, diagnostics)
    if let scan, scan == name, let scanNode {
      diagnostics.error("a scan cannot start from itself", at: scanNode)
    }
    return scan
  }

  private func failures() -> ScanFailures {
    guard let node = fields.node("failures") else { return ScanFailures() }
    let reader = FieldReader(node, diagnostics)
    let retries = reader.int("retries", in: 0...100)
    let classifier = reader.bool("classifier")
    reader.finish()
    return ScanFailures(retries: retries ?? 0, usesClassifier: classifier ?? true)
  }
}
