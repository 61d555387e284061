// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// A cross section whose table is not in the store yet.
enum DraftCrossSection {
  case constant(CrossSection)
  case table(CrossSectionTable, bytes: Data)

  func crossSection(at point: [String: Double]) throws(RefusedPoint) -> CrossSection {
    switch self {
    case .constant(let crossSection): crossSection
    case .table(let table, _): try table.crossSection(at: point)
    }
  }

  /// The source, with its table taken in.
  func source(_ intake: FileIntake) throws -> CrossSectionSource {
    switch self {
    case .constant(let crossSection): return .constant(crossSection)
    case .table(let table, let bytes):
      // The table was described from the same bytes.
      _ = try intake.bytes(bytes, table.file.mediaType)
      return .table(table)
    }
  }
}

/// Reads `cross_section_pb:` of a signal or a family.
struct CrossSectionReader {
  let folder: SpecificationFolder
  let diagnostics: Diagnostics
  /// Parameters a table may have; nil when any may be.
  var parameters: [String]?

  /// A number, its factors each on its own, or a table; nil after reporting.
  func read(_ node: SpecificationNode) -> DraftCrossSection? {
    guard node.fields?.contains(where: { $0.key == "table" }) == true else {
      return CrossSection(node, diagnostics).map { .constant($0) }
    }
    let before = diagnostics.all.count
    let reader = FieldReader(node, diagnostics)
    let pathNode = reader.node("table", required: true)
    let factors = CrossSectionFactors(reader)
    reader.finish()
    guard let pathNode, let path = pathNode.string(diagnostics) else { return nil }
    if let problem = folder.problem(with: path) {
      diagnostics.error(problem, at: pathNode)
      return nil
    }
    let limit = CSVTable.Limit.byteCount
    guard let bytes = folder.bytes(of: path, limit: limit, pathNode, diagnostics),
      let table = folder.table(bytes, at: path, pathNode, diagnostics),
      let grid = CrossSectionTableReader(table: table, diagnostics: diagnostics)
        .read(parameters: parameters), diagnostics.all.count == before
    else { return nil }
    let artifact = Artifact(
      digest: Fingerprint(of: bytes), byteCount: bytes.count,
      mediaType: MediaType.ofFile(named: path))
    return .table(
      CrossSectionTable(
        file: artifact, axes: grid.axes, picobarns: grid.picobarns,
        uncertainties: grid.uncertainties, kFactor: factors.kFactor,
        branchingRatio: factors.branchingRatio, filterEfficiency: factors.filterEfficiency),
      bytes: bytes)
  }
}

/// What multiplies a cross section.
struct CrossSectionFactors {
  let kFactor: Double
  let branchingRatio: Double
  let filterEfficiency: Double

  /// Factors that are not written are 1.
  init(_ reader: FieldReader) {
    let share = Double.leastNonzeroMagnitude...1
    kFactor = reader.double("k_factor", in: ScanReader.positive) ?? 1
    branchingRatio = reader.double("branching_ratio", in: share) ?? 1
    filterEfficiency = reader.double("filter_efficiency", in: share) ?? 1
  }
}
