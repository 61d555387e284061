// SPDX-License-Identifier: Apache-2.0
import Foundation

extension ScanReader {
  private enum Name: String, CaseIterable { case active, sobol, random, grid, points }

  /// `strategy:` with what belongs to one; nil after reporting.
  func strategy(over parameters: [ScanParameter]) -> ScanStrategy? {
    let written = fields.node("strategy")
    let name = written.map { $0.choice(of: Name.self, diagnostics) } ?? .active
    let perAxis = fields.node("points_per_axis")
    let points = fields.node("points")
    guard let name else { return nil }
    if name != .grid, let perAxis {
      diagnostics.error("'points_per_axis' goes with 'strategy: grid'", atKeyOf: perAxis)
    }
    if name != .points, let points {
      diagnostics.error("'points' goes with 'strategy: points'", atKeyOf: points)
    }
    switch name {
    case .active: return .active
    case .sobol: return .sobol
    case .random: return .random
    case .grid: return grid(perAxis, over: parameters)
    case .points:
      guard let points else {
        diagnostics.error(
          "'points' is missing, a CSV file with a column for each parameter", at: fields.node)
        return nil
      }
      return self.points(points, over: parameters).map { .points($0) }
    }
  }

  private func grid(_ node: SpecificationNode?, over parameters: [ScanParameter]) -> ScanStrategy? {
    guard let node else {
      diagnostics.error(
        "'points_per_axis' is missing, as in 'points_per_axis: 15'", at: fields.node)
      return nil
    }
    guard let count = node.int(diagnostics, in: 1...Self.pointLimit) else { return nil }
    let total = pow(Double(count), Double(parameters.count))
    guard total <= Double(Self.pointLimit) else {
      diagnostics.error(
        "a grid of \(count) points on \(parameters.count) axes has more than the "
          + "\(Self.pointLimit) points a scan may have", at: node)
      return nil
    }
    return .grid(pointsPerAxis: count)
  }

  /// `design:` of an active scan.
  func design(over parameters: [ScanParameter], isActive: Bool) -> ScanDesign {
    guard let node = fields.node("design") else { return ScanDesign() }
    if !isActive {
      diagnostics.error("only the strategy 'active' has a design", atKeyOf: node)
    }
    let reader = FieldReader(node, diagnostics)
    let pointsNode = reader.node("points")
    let corners = reader.bool("corners")
    let seedPoints = reader.node("seed_points").flatMap { self.points($0, over: parameters) }
    reader.finish()
    var points: Int?
    if let pointsNode, pointsNode.nature != "'auto'" {
      points = pointsNode.int(diagnostics, in: 2...Self.pointLimit)
    }
    return ScanDesign(points: points, hasCorners: corners ?? false, seedPoints: seedPoints ?? [])
  }

  /// The points of a CSV file beside the scan file; nil after reporting.
  private func points(_ node: SpecificationNode, over parameters: [ScanParameter]) -> [[Double]]? {
    guard let path = path(node), !parameters.isEmpty,
      let table = folder.table(at: path, node, diagnostics)
    else { return nil }
    if table.rows.isEmpty {
      table.report("the table has no points", to: diagnostics)
    }
    if table.rows.count > Self.pointLimit {
      diagnostics.error(
        "'\(path)' has \(table.rows.count) points, more than the \(Self.pointLimit) a scan may have",
        at: node)
      return nil
    }
    return table.points(parameters, diagnostics)
  }
}
