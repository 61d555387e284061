// SPDX-License-Identifier: Apache-2.0
import Artifacts
public import Events
import Foundation
public import Workflow

/// `selection`: objects, variables and regions applied to a signal's events.
///
/// Input `events`, and a CSV file for each of its tables; output `yields`, what each reported region
/// selects and its histograms hold, as `SelectionYields`.
/// Results: `cutflow` (subject `REGION/CUT`, cuts of a region that others inherit once),
/// `acceptance_times_efficiency` by region, `missing_values` and `nonfinite_values` where there
/// were any.
public struct SelectionKind: StepKind {
  /// What a selection step is given: its text, and the columns its expressions were checked with.
  public struct Parameters: Codable, Sendable {
    /// The selection as written.
    public var selection: SelectionSpecification
    /// Columns the signal's events promise to have.
    public var columns: [ColumnDeclaration]
    /// What expressions look numbers up in; nil for none.
    public var tables: [TableParameters]?
  }

  public static let name = "selection"
  public static let version = 2
  public static let quantities: Set<Quantity>? = [
    .cutflow, .acceptance_times_efficiency, .missing_values, .nonfinite_values,
  ]

  private let formats: [any EventFormat]

  /// A selection of events in these formats.
  public init(formats: [any EventFormat]) { self.formats = formats }

  public func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters?
  {
    guard let columns = context.signal.events?.map(\.declaration) else {
      context.diagnostics.error(
        "a selection needs events: declare their columns in 'signal: {events: {columns: …}}'",
        at: context.step)
      return nil
    }
    guard let node else {
      context.diagnostics.error(
        "a selection needs 'parameters' with at least 'regions'", at: context.step)
      return nil
    }
    return SelectionReader(node, context.diagnostics, columns: columns).parameters()
  }

  public func ports(for parameters: Parameters) -> Ports {
    Ports(
      inputs: [Port("events", .events)] + (parameters.tables ?? []).map { Port($0.name, .file) },
      outputs: [Port("yields", .yields)])
  }

  public func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    guard let events = try context.value(of: "events", as: EventsDescriptor.self),
      let files = context.inputs["events"]?.artifacts
    else { throw StepError("the signal brings no events") }
    let tables = try (parameters.tables ?? []).map { table in
      (table.name, try table.read(context.text(of: table.name)))
    }
    let program = try SelectionProgram(
      parameters.selection, columns: parameters.columns,
      tables: Dictionary(tables, uniquingKeysWith: { first, _ in first }))
    let readers = try files.map { file in
      try format(events.format).open(
        try context.store.verifiedFile(for: file).path, tree: events.tree)
    }
    let result = try await program.run(
      over: readers, renames: events.renames,
      width: ProcessInfo.processInfo.activeProcessorCount)
    let yields = try SelectionYields(result, of: parameters.selection, events: events)
    context.log("selected from \(result.entries) events in \(files.count) files")
    for region in result.sparseRegions {
      context.log("region '\(region)' has fewer than \(SelectionResult.fewEntries) events")
    }
    return StepOutput(
      artifacts: ["yields": try context.put(yields)],
      results: SelectionResults(result, yields, parameters.selection).values)
  }

  private func format(_ name: String) throws -> any EventFormat {
    if let format = formats.first(where: { type(of: $0).name == name }) { return format }
    let known = formats.map { type(of: $0).name }.joined(separator: ", ")
    throw StepError("events of format '\(name)' can't be read (known: \(known))")
  }
}

extension EventColumn {
  /// The column as the expressions see it.
  var declaration: ColumnDeclaration {
    let type: ColumnType =
      switch self.type {
      case .bool: .boolean
      case .int: .integer
      case .float, .double: .real
      }
    return ColumnDeclaration(
      name: name, type: type, collection: collection, isOptional: isOptional)
  }
}
