// SPDX-License-Identifier: Apache-2.0
public import Foundation

extension ScanSpecification {
  /// Reads `scan.yaml` and the tables of points it names.
  ///
  /// Paths are relative to the folder of the file and stay inside it. The signal family must be
  /// there, and is not looked into.
  ///
  /// - Parameters:
  ///   - yaml: the text of `scan.yaml`.
  ///   - file: where it lies; its path as given is its name in diagnostics.
  ///   - analysis: the analysis of this name, or why there is none: with it steps of outputs are
  ///     checked and outputs that are not named follow from the steps. Without it neither happens.
  ///   - constraintProblem: what is wrong with an expression over these parameters; the language
  ///     of expressions is not this module's.
  /// - Throws: everything that is wrong, at once.
  public init(
    yaml: String, file: URL,
    analysis: ((_ name: String) throws -> AnalysisSpecification)? = nil,
    constraintProblem: (_ expression: String, _ parameters: [String]) -> String? = { _, _ in nil }
  ) throws(InvalidSpecification) {
    let root = try SpecificationNode.parse(yaml, file: file.relativePath)
    let diagnostics = Diagnostics()
    let folder = SpecificationFolder(
      directory: file.deletingLastPathComponent(), cure: "put the file beside the scan file")
    let scan = ScanReader(
      fields: FieldReader(root, diagnostics), folder: folder, diagnostics: diagnostics
    ).read(analysis: analysis, constraintProblem: constraintProblem)
    try diagnostics.throwIfInvalid()
    guard let scan else { throw InvalidSpecification("no scan", at: root.location) }
    self = scan
  }
}
