// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// pyhf's JSON, keys sorted, numbers in the shortest form that reads back to the same double.
  public func jsonData() -> [UInt8] { JSONWriter.write(json) }

  /// The workspace as a JSON value.
  package var json: JSONNode {
    .object([
      ("channels", .array(channels.map(\.json))),
      ("observations", .array(observations.map(\.json))),
      ("measurements", .array(measurements.map(\.json))),
      ("version", .text(version)),
    ])
  }

  /// Python's spelling of a JSON text, of which pyhf takes digests: keys sorted by code point,
  /// `", "` and `": "` between, numbers as `repr` writes them.
  ///
  /// The text itself is respelt, not the workspace read from it: `1` and `1.0` stay apart.
  /// - Throws: what makes the text no JSON.
  public static func canonicalJSON(of json: [UInt8], source: String = "workspace")
    throws(InvalidWorkspace) -> [UInt8]
  {
    JSONWriter.write(try WorkspaceDocument(json: json, source: source).root)
  }
}

extension JSONNode {
  /// An object of keys and values.
  static func object(_ members: [(String, JSONNode)]) -> JSONNode {
    JSONNode(.object(members.map { JSONMember(key: $0.0, value: $0.1) }))
  }

  static func array(_ nodes: [JSONNode]) -> JSONNode { JSONNode(.array(nodes)) }
  static func text(_ text: String) -> JSONNode { JSONNode(.string(text)) }
  static func numbers(_ values: [Double]) -> JSONNode { JSONNode(.numbers(.init(values: values))) }
}

extension Workspace.Channel {
  fileprivate var json: JSONNode {
    .object([("name", .text(name)), ("samples", .array(samples.map(\.json)))])
  }
}

extension Workspace.Sample {
  fileprivate var json: JSONNode {
    .object([
      ("name", .text(name)), ("data", .numbers(data)),
      ("modifiers", .array(modifiers.map(\.json))),
    ])
  }
}

extension Workspace.Observation {
  fileprivate var json: JSONNode { .object([("name", .text(name)), ("data", .numbers(data))]) }
}

extension Workspace.Modifier {
  fileprivate var json: JSONNode {
    .object([("name", .text(name)), ("type", .text(kind.name)), ("data", data)])
  }

  private var data: JSONNode {
    switch kind {
    case .normfactor, .shapefactor, .lumi: JSONNode(.null)
    case .normsys(let low, let high):
      .object([("lo", JSONNode(.number(low))), ("hi", JSONNode(.number(high)))])
    case .histosys(let low, let high):
      .object([("lo_data", .numbers(low)), ("hi_data", .numbers(high))])
    case .shapesys(let values), .staterror(let values): .numbers(values)
    }
  }
}

extension Workspace.Measurement {
  fileprivate var json: JSONNode {
    let configuration = JSONNode.object([
      ("poi", .text(poi)), ("parameters", .array(parameters.map(\.json))),
    ])
    return .object([("name", .text(name)), ("config", configuration)])
  }
}

extension Workspace.ParameterConfiguration {
  fileprivate var json: JSONNode {
    var members = [("name", JSONNode.text(name))]
    if let inits { members.append(("inits", .numbers(inits))) }
    if let bounds {
      members.append(
        ("bounds", .array(bounds.map { .numbers([$0.lowerBound, $0.upperBound]) })))
    }
    if let auxiliaryData { members.append(("auxdata", .numbers(auxiliaryData))) }
    if let sigmas { members.append(("sigmas", .numbers(sigmas))) }
    if let isFixed { members.append(("fixed", JSONNode(.boolean(isFixed)))) }
    return .object(members)
  }
}
