// SPDX-License-Identifier: Apache-2.0

/// A workspace: channels, observations, measurements (pyhf schema 1.0.0, spelling is law).
///
/// A workspace read from JSON has been checked; one put together in code is checked by `Model`.
/// Reference: CERN-OPEN-2012-016; pyhf, doi:10.21105/joss.02823.
public struct Workspace: Sendable, Hashable {
  /// A region of the data with its own bins.
  public struct Channel: Sendable, Hashable {
    /// Its name, unique in the workspace.
    public var name: String
    /// What is expected in the channel, in the order of the file; all have the same bins.
    public var samples: [Sample]

    /// A channel of samples.
    public init(name: String, samples: [Sample]) {
      self.name = name
      self.samples = samples
    }
  }

  /// A process that contributes to a channel.
  public struct Sample: Sendable, Hashable {
    /// Its name, unique in the channel; samples of one name in several channels are one process.
    public var name: String
    /// Expected events [bins]; may be negative where a simulation says so.
    public var data: [Double]
    /// What changes the yields, in the order of the file.
    public var modifiers: [Modifier]

    /// A sample of nominal yields and what changes them.
    public init(name: String, data: [Double], modifiers: [Modifier]) {
      self.name = name
      self.data = data
      self.modifiers = modifiers
    }
  }

  /// What a parameter does to a sample's yields.
  public struct Modifier: Sendable, Hashable {
    /// The seven types of HistFactory with their data.
    public enum Kind: Sendable, Hashable {
      /// A free factor on all bins.
      case normfactor
      /// A free factor on each bin.
      case shapefactor
      /// The luminosity, constrained as the measurement says.
      case lumi
      /// Factors at −1σ and +1σ.
      case normsys(lo: Double, hi: Double)
      /// Yields at −1σ and +1σ [bins].
      case histosys(lo: [Double], hi: [Double])
      /// Absolute uncertainties [bins], a Poisson constraint for each.
      case shapesys([Double])
      /// Absolute statistical uncertainties [bins], a normal constraint for each.
      case staterror([Double])
    }

    /// The parameter's name: samples that use the same name share it.
    public var name: String
    /// Its type with its data.
    public var kind: Kind

    /// A modifier of a sample.
    public init(name: String, kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// Observed events of a channel.
  public struct Observation: Sendable, Hashable {
    /// The channel's name.
    public var name: String
    /// Events [bins], ≥ 0.
    public var data: [Double]

    /// Observed events of a channel.
    public init(name: String, data: [Double]) {
      self.name = name
      self.data = data
    }
  }

  /// What a measurement says of a parameter; nil where it says nothing.
  public struct ParameterConfiguration: Sendable, Hashable {
    /// The parameter's name.
    public var name: String
    /// Where fits start [slots].
    public var inits: [Double]?
    /// Where fits stay [slots].
    public var bounds: [ClosedRange<Double>]?
    /// Centres of the constraint [slots].
    public var auxiliaryData: [Double]?
    /// Widths of the normal constraint [slots].
    public var sigmas: [Double]?
    /// Kept at its inits in every fit.
    public var isFixed: Bool?

    /// A configuration of a parameter.
    public init(
      name: String, inits: [Double]? = nil, bounds: [ClosedRange<Double>]? = nil,
      auxiliaryData: [Double]? = nil, sigmas: [Double]? = nil, isFixed: Bool? = nil
    ) {
      self.name = name
      self.inits = inits
      self.bounds = bounds
      self.auxiliaryData = auxiliaryData
      self.sigmas = sigmas
      self.isFixed = isFixed
    }
  }

  /// A parameter of interest and what is known of the others.
  public struct Measurement: Sendable, Hashable {
    /// Its name, unique in the workspace.
    public var name: String
    /// The parameter of interest; a background-only workspace may name one its patches bring, and
    /// an empty text says there is none.
    public var poi: String
    /// What is known of the parameters; those not named have the defaults of their modifiers.
    public var parameters: [ParameterConfiguration]

    /// A measurement of a parameter of interest.
    public init(name: String, poi: String, parameters: [ParameterConfiguration]) {
      self.name = name
      self.poi = poi
      self.parameters = parameters
    }
  }

  /// Regions of the data.
  public var channels: [Channel]
  /// Observed events, one for each channel and possibly more.
  public var observations: [Observation]
  /// What may be asked of the channels; the first is taken where none is named.
  public var measurements: [Measurement]
  /// Version of the schema: "1.0.0".
  public var version: String

  /// A workspace put together in code; nothing is checked here.
  public init(
    channels: [Channel], observations: [Observation], measurements: [Measurement],
    version: String = "1.0.0"
  ) {
    self.channels = channels
    self.observations = observations
    self.measurements = measurements
    self.version = version
  }

  /// Parses and checks a workspace after applying patches in order.
  ///
  /// - Parameter bytes: UTF-8 JSON, at most 256 MiB.
  /// - Parameter source: the name used in sentences, such as a path.
  /// - Parameter patches: applied in this order before anything is checked.
  /// - Throws: all problems at once, with line and column; nothing is repaired.
  public init(json bytes: [UInt8], source: String = "workspace", patches: [JSONPatch] = [])
    throws(InvalidWorkspace)
  {
    var document = try WorkspaceDocument(json: bytes, source: source)
    for patch in patches { try document.apply(patch) }
    self = try WorkspaceReader.workspace(from: document)
  }
}
