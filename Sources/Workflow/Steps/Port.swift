// SPDX-License-Identifier: Apache-2.0

/// What flows between steps; compared when an analysis is read, long before anything runs.
public struct PortType: RawRepresentable, Sendable, Hashable, Codable {
  /// The type's spelling, kebab-case.
  public let rawValue: String
  /// A type from its spelling; step kinds may have types of their own.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Event files and an `EventsDescriptor`.
  public static let events = PortType(rawValue: "events")
  /// Expected events per region.
  public static let yields = PortType(rawValue: "yields")
  /// A HistFactory workspace in JSON.
  public static let workspace = PortType(rawValue: "workspace")
  /// A `CrossSection`, a value without a file.
  public static let crossSection = PortType(rawValue: "cross-section")
  /// A JSON patch or a patchset, and a `PatchDescriptor`.
  public static let patch = PortType(rawValue: "patch")
  /// A signal's sample for each channel of a workspace.
  public static let signalSample = PortType(rawValue: "signal-sample")
  /// Any JSON.
  public static let json = PortType(rawValue: "json")
  /// A file of any kind: what `command` makes, and `file.PATH`.
  public static let file = PortType(rawValue: "file")

  /// Whether it is one file, and nothing beside it is needed to read it.
  var isSingleFile: Bool { self != .events && self != .crossSection }
}

/// A named input or output of a step kind.
public struct Port: Sendable, Hashable {
  /// snake_case, as written under `inputs:` and after the dot of `STEP.OUTPUT`.
  public let name: String
  /// An output has one type; an input lists what it accepts.
  public let accepted: [PortType]
  /// Whether a step without this input is refused; of no meaning for outputs.
  public let isRequired: Bool

  /// A port.
  public init(_ name: String, _ accepted: PortType..., isRequired: Bool = true) {
    self.name = name
    self.accepted = accepted
    self.isRequired = isRequired
  }

  /// Whether an input takes a value of this type.
  ///
  /// A `file` of unknown content goes wherever one file makes sense, and any single file goes into
  /// an input that accepts `file`.
  func accepts(_ type: PortType) -> Bool {
    accepted.contains(type)
      || type == .file && accepted.contains(where: \.isSingleFile)
      || type.isSingleFile && accepted.contains(.file)
  }
}

/// The inputs and outputs of a step.
public struct Ports: Sendable {
  /// What the step takes.
  public var inputs: [Port]
  /// What the step makes.
  public var outputs: [Port]

  /// Ports of a step.
  public init(inputs: [Port], outputs: [Port]) {
    self.inputs = inputs
    self.outputs = outputs
  }
}
