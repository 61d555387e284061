// SPDX-License-Identifier: Apache-2.0

/// Which second derivatives an objective keeps.
package enum Curvature: Sendable {
  /// The Hessian: Newton's steps converge quadratically, but it may be indefinite.
  case exact
  /// A positive semi-definite stand-in: for a likelihood the expected (Fisher) information.
  case positive
}

/// A smooth function to be minimised, with its gradient and a curvature it knows how to solve with.
///
/// A value that isn't finite says "undefined here": the minimiser steps back.
package protocol Objective: AnyObject {
  /// Number of parameters.
  var dimension: Int { get }
  /// Value and gradient `[dimension]`.
  func evaluate(_ point: [Double], gradient: inout [Double]) -> Double
  /// Value and gradient; keeps the curvature at the point for `factorise`.
  func evaluate(_ point: [Double], gradient: inout [Double], curvature: Curvature) -> Double
  /// Prepares solves with the kept curvature on the free parameters, `damping` added to its
  /// diagonal; false if that isn't positive definite.
  func factorise(free: [Bool], damping: Double) -> Bool
  /// Solution of (curvature + damping) x = rhs; 0 at parameters that aren't free.
  func solve(_ rhs: [Double], into solution: inout [Double])
}
