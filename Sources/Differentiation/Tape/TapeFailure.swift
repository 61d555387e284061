// SPDX-License-Identifier: Apache-2.0

/// A replay that ended without numbers, and the operation that is to blame.
public struct TapeFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was being computed.
  public enum Sweep: String, Sendable, Hashable {
    case value, tangent, gradient
    case hessianProduct = "product with the Hessian"
  }

  /// Name of the operation whose operands were numbers and whose result wasn't; nil if the point or a
  /// constant wasn't.
  public let operation: String?
  /// Its place on the tape, counted from 1; 0 without an operation.
  public let position: Int
  /// What was being computed.
  public let sweep: Sweep
  /// What happened.
  public let reason: String

  /// A sentence.
  public var description: String {
    guard let operation else { return "the \(sweep.rawValue) isn't defined: \(reason)" }
    return
      "the \(sweep.rawValue) isn't defined: '\(operation)', operation \(position) of the tape, "
      + reason
  }
}
