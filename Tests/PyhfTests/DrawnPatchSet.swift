// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// A patchset with one patch of drawn operations on a workspace.
struct DrawnPatchSet {
  let json: JSONNode

  init(seed: UInt64, of workspace: Workspace, digest: String) {
    var numbers = SeededNumbers(seed ^ 0x9E37)
    var operations: [JSONNode] = []
    for _ in 0..<numbers.whole(1...5) {
      operations.append(Self.operation(on: workspace, &numbers))
    }
    let metadata: JSONNode = .object([
      "references": .object(["hepdata": .text("ins1234567")]), "description": .text("drawn"),
      "digests": .object(["sha256": .text(digest)]), "labels": .array([.text("mass")]),
    ])
    let patch: JSONNode = .object([
      "metadata": .object(["name": .text("drawn"), "values": .numbers([100])]),
      "patch": .array(operations),
    ])
    json = .object([
      "metadata": metadata, "patches": .array([patch]), "version": .text("1.0.0"),
    ])
  }

  private static func operation(on workspace: Workspace, _ numbers: inout SeededNumbers)
    -> JSONNode
  {
    let channel = numbers.whole(0...workspace.channels.count - 1)
    let samples = workspace.channels[channel].samples
    let sample = numbers.whole(0...samples.count - 1)
    let path = "/channels/\(channel)/samples/\(sample)"
    let data = samples[sample].data.map { $0 + 1 }
    let new = Workspace.Sample(
      name: "new \(numbers.whole(0...1000))", data: data,
      modifiers: [.init(name: "mu", kind: .normfactor)])
    switch numbers.whole(0...5) {
    case 0: return operation("replace", path + "/data", .numbers(data))
    case 1: return operation("add", "/channels/\(channel)/samples/0", new.json)
    case 2: return operation("add", "/channels/\(channel)/samples/-", new.json)
    case 3:
      return operation(
        "add", path + "/modifiers/-",
        .object(
          [
            "name": .text("more"), "type": .text("normsys"),
            "data": .object(["lo": .number(0.9), "hi": .number(1.1)]),
          ]))
    case 4: return operation("test", path + "/data", .numbers(samples[sample].data))
    default: return operation("replace", "/observations/0/data/0", .number(7))
    }
  }

  private static func operation(_ name: String, _ path: String, _ value: JSONNode) -> JSONNode {
    .object(["op": .text(name), "path": .text(path), "value": value])
  }
}

extension Workspace.Sample {
  /// As it stands in a workspace.
  fileprivate var json: JSONNode {
    let workspace = Workspace(
      channels: [.init(name: "", samples: [self])], observations: [], measurements: [])
    return workspace.json["channels"]?.elements?[0]["samples"]?.elements?[0] ?? JSONNode(.null)
  }
}
