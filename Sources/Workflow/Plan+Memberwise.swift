// SPDX-License-Identifier: Apache-2.0
package import Artifacts
package import Foundation

extension PlannedStep {
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

extension Plan {
  /// A plan from its parts. steps: in topological order.
  package init(
    steps: [PlannedStep], luminosity: Double?, seed: UInt64, fingerprint: Fingerprint
  ) {
    self.steps = steps
    self.luminosity = luminosity
    self.seed = seed
    self.fingerprint = fingerprint
  }
}
