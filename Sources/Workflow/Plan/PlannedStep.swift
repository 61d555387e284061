// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation

/// Where a planned step gets an input.
public enum PlannedInput: Sendable, Hashable {
  /// It is there already: a file of the analysis or a part of the signal.
  case resolved(StepInput)
  /// Another step makes it; `value` is what is known of it before, as how to read its events.
  case output(step: String, name: String, value: Data? = nil)
}

/// A step of a plan, with the name of what it will make.
public struct PlannedStep: Sendable {
  /// The step's id in the analysis; `generate` for the program that makes the signal's events.
  public let id: String
  /// The name of its kind.
  public let kind: String
  /// The version of its kind.
  public let kindVersion: Int
  /// The name of its output: equal fingerprints, equal outputs.
  public let fingerprint: Fingerprint
  /// What the fingerprint is made of, so that a change can be told: `kind`, `version`,
  /// `parameters`, `input.NAME` for each input, and `seed` and `luminosity` where the kind uses
  /// them. Short values stand as they are, long ones as digests; the output of a step is
  /// `FINGERPRINT.OUTPUT`, followed by the digest of a value that goes with it.
  public let components: [String: String]
  /// Canonical JSON of the kind's typed parameters.
  public let parameters: Data
  /// Inputs by port; an optional part that the signal lacks is absent.
  public let inputs: [String: PlannedInput]
  /// Ids of the steps it takes inputs from, sorted, each once.
  public let predecessors: [String]
  /// Whether another signal changes anything about it.
  public let dependsOnSignal: Bool

  /// A planned step from its parts, for plans that no file describes.
  package init(
    named id: String, kind: String, kindVersion: Int, fingerprint: Fingerprint,
    components: [String: String], parameters: Data, inputs: [String: PlannedInput],
    predecessors: [String], dependsOnSignal: Bool
  ) {
    self.id = id
    self.kind = kind
    self.kindVersion = kindVersion
    self.fingerprint = fingerprint
    self.components = components
    self.parameters = parameters
    self.inputs = inputs
    self.predecessors = predecessors
    self.dependsOnSignal = dependsOnSignal
  }
}
