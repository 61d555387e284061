// SPDX-License-Identifier: Apache-2.0
import Artifacts

extension SpecificationNode {
  /// The digest of what an analysis says: steps are told apart by what they say, not by their
  /// order.
  func analysisFingerprint() throws -> Fingerprint {
    let fields = fields ?? []
    let steps = fields.first { $0.key == "steps" }?.value.elements ?? []
    let digests = try steps.map { try Fingerprint(ofCanonicalJSON: WrittenNode(node: $0)) }
    let rest = Self(
      content: .mapping(fields.filter { $0.key != "steps" }), path: path, location: location)
    struct Written: Encodable {
      let rest: WrittenNode
      let steps: [Fingerprint]
    }
    return try Fingerprint(
      ofCanonicalJSON: Written(rest: WrittenNode(node: rest), steps: digests.sorted()))
  }
}

/// What the text of a node says, without places and, in canonical JSON, without the order of keys.
/// Text in quotes is wrapped in a list, to tell "5" from 5.
private struct WrittenNode: Encodable {
  let node: SpecificationNode

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch node.content {
    case .scalar(let text, isQuoted: true): try container.encode([text])
    case .scalar(let text, isQuoted: false): try container.encode(text)
    case .sequence(let elements): try container.encode(elements.map(WrittenNode.init))
    case .mapping(let fields):
      let pairs = fields.map { ($0.key, WrittenNode(node: $0.value)) }
      try container.encode(Dictionary(pairs) { first, _ in first })
    }
  }
}
