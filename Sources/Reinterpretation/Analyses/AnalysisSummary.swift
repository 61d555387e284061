// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A preserved analysis in a list.
public struct AnalysisSummary: Sendable, Hashable, Codable {
  /// The analysis' name.
  public let analysis: String
  /// Number of the newest version.
  public let version: Int
  /// Its title.
  public let title: String
  /// When that version was registered.
  public let registeredAt: Date
  /// How many runs all its versions have.
  public let runs: Int

  private enum CodingKeys: String, CodingKey {
    case analysis, version, title, runs
    case registeredAt = "registered_at"
  }
}

/// A version whole: what it does and what a new signal must bring.
public struct AnalysisDescription: Sendable, Hashable, Codable {
  /// A step of the version.
  public struct Step: Sendable, Hashable, Codable {
    /// The step's id.
    public let id: String
    /// Its kind.
    public let kind: String
    /// Where its inputs come from: name → `signal.NAME`, `file.PATH` or `STEP.OUTPUT`.
    public let inputs: [String: String]
  }

  /// A preserved file.
  public struct File: Sendable, Hashable, Codable {
    /// Path in the analysis' folder.
    public let path: String
    /// Size in bytes.
    public let bytes: Int
    /// SHA-256 of the bytes.
    public let digest: String
  }

  /// A signal that is preserved with the version for its validation.
  public struct ValidationSignal: Sendable, Hashable, Codable {
    /// The signal's name.
    public let name: String
    /// Its point.
    public let point: [String: Double]
    /// How many expected results it has.
    public let expectedResults: Int

    private enum CodingKeys: String, CodingKey {
      case name, point
      case expectedResults = "expected_results"
    }
  }

  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// Its title.
  public let title: String
  /// Its fingerprint, 64 hexadecimal digits.
  public let fingerprint: String
  /// When it was registered.
  public let registeredAt: Date
  /// Papers and records, such as `arXiv:2010.14293`.
  public let references: [String]
  /// Integrated luminosity in fb⁻¹.
  public let luminosity: Double?
  /// What a signal must bring, one line each.
  public let signal: [String]
  /// The steps in the specification's order.
  public let steps: [Step]
  /// The preserved files, sorted.
  public let files: [File]
  /// The signals it is validated with.
  public let validation: [ValidationSignal]

  private enum CodingKeys: String, CodingKey {
    case analysis, version, title, fingerprint, references, signal, steps, files, validation
    case registeredAt = "registered_at"
    case luminosity = "luminosity_ifb"
  }
}
