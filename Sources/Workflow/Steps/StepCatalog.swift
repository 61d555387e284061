// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// The kinds of steps an analysis may use; there is no global list.
public struct StepCatalog: Sendable {
  /// Kinds by their names.
  public let kinds: [String: any StepKind]

  /// A catalog; of two kinds with one name, the later replaces the earlier.
  public init(_ kinds: [any StepKind]) {
    self.kinds = Dictionary(kinds.map { (type(of: $0).name, $0) }) { _, later in later }
  }
}

extension StepKind {
  /// Parameters as canonical JSON and the ports that follow from them; nil after reporting.
  func read(_ node: SpecificationNode?, in context: ParameterContext) -> (Data, Ports)? {
    let before = context.diagnostics.all.count
    guard let parameters = parameters(from: node, in: context) else {
      if context.diagnostics.all.count == before {
        context.diagnostics.error(
          "kind '\(Self.name)' cannot use these parameters", at: node ?? context.step)
      }
      return nil
    }
    do {
      return (try CanonicalJSON.data(parameters), ports(for: parameters))
    } catch {
      context.diagnostics.error("\(error)", at: node ?? context.step)
      return nil
    }
  }
}
