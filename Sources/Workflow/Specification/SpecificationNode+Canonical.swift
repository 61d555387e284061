// SPDX-License-Identifier: Apache-2.0
import Artifacts

extension SpecificationNode: Encodable {
  /// Writes what the text says, without places and, in canonical JSON, without the order of keys.
  /// Text in quotes is wrapped in a list, to tell "5" from 5.
  public func encode(to encoder: any Encoder) throws {
    switch content {
    case .scalar(let text, let isQuoted):
      var container = encoder.singleValueContainer()
      if isQuoted { try container.encode([text]) } else { try container.encode(text) }
    case .sequence(let elements):
      var container = encoder.singleValueContainer()
      try container.encode(elements)
    case .mapping(let fields):
      var container = encoder.singleValueContainer()
      try container.encode(Dictionary(fields.map { ($0.key, $0.value) }) { first, _ in first })
    }
  }

  /// The digest of what an analysis says: steps are told apart by their ids, not by their order.
  func analysisFingerprint() throws -> Fingerprint {
    let fields = fields ?? []
    let steps = fields.first { $0.key == "steps" }?.value.elements ?? []
    let digests = try steps.map { try Fingerprint(ofCanonicalJSON: $0) }.sorted()
    let rest = Self(
      content: .mapping(fields.filter { $0.key != "steps" }), path: path, location: location)
    struct Written: Encodable {
      let rest: SpecificationNode
      let steps: [Fingerprint]
    }
    return try Fingerprint(ofCanonicalJSON: Written(rest: rest, steps: digests))
  }
}
