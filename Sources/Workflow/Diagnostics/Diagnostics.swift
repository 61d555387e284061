// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong while a file is walked, so that a user sees all of it at once.
///
/// It is made, filled and read by one task.
public final class Diagnostics {
  /// What was reported, in the order of reporting.
  public private(set) var all: [Diagnostic] = []

  /// No problems yet.
  public init() {}

  /// Whether anything reported so far makes the file unusable.
  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// Reports a problem at a node's value.
  public func error(_ message: String, at node: SpecificationNode) {
    report(Diagnostic(path: node.path, location: node.location, message: message))
  }

  /// Reports a problem with the key that leads to a node.
  public func error(_ message: String, atKeyOf node: SpecificationNode) {
    report(Diagnostic(path: node.path, location: node.keyLocation, message: message))
  }

  /// Reports something a user should know about a file that can be used.
  public func warning(_ message: String, at node: SpecificationNode) {
    report(Diagnostic(.warning, path: node.path, location: node.location, message: message))
  }

  /// Adds a diagnostic made elsewhere.
  public func report(_ diagnostic: Diagnostic) { all.append(diagnostic) }

  /// Refuses the file if anything reported so far makes it unusable.
  public func throwIfInvalid() throws(InvalidSpecification) {
    if hasErrors { throw InvalidSpecification(all) }
  }
}
