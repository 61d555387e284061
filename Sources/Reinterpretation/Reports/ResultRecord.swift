// SPDX-License-Identifier: Apache-2.0

/// One result with everything it can be asked for by.
public struct ResultRecord: Sendable, Hashable, Codable {
  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The run's number.
  public let run: Int64
  /// The signal's name.
  public let signal: String
  /// The signal's point: parameter → value.
  public let point: [String: Double]
  /// The step that made it.
  public let step: String
  /// What it is: a name of the closed vocabulary.
  public let quantity: String
  /// Region, cut, channel, bin or parameter; nil for the whole step.
  public let subject: String?
  /// −2…+2 in a band of expected values.
  public let sigma: Int?
  /// The value.
  public let value: Double
  /// Its statistical uncertainty.
  public let uncertainty: Double?
  /// Unweighted entries behind it.
  public let entries: Int?
  /// Σw of those.
  public let sumW: Double?
  /// Σw² of those.
  public let sumW2: Double?
  /// Unit of value and uncertainty.
  public let unit: String?

  private enum CodingKeys: String, CodingKey {
    case analysis, version, run, signal, point, step, quantity, subject, sigma, value, uncertainty
    case entries, unit
    case sumW = "sum_w"
    case sumW2 = "sum_w2"
  }
}

/// Which results are asked for; what is nil doesn't matter.
public struct ResultQuestion: Sendable, Hashable {
  /// `NAME` (all versions) or `NAME@3`.
  public var analysis: String?
  /// The signal's name.
  public var signal: String?
  /// The run's number.
  public var run: Int64?
  /// A name of the closed vocabulary.
  public var quantity: String?
  /// The step's id.
  public var step: String?
  /// A comparison over point parameters and columns: `m_sq_gev > 1000 and value < 0.05`.
  public var condition: String?

  /// Asks for everything.
  public init() {}
}

/// The answer to an SQL question: columns, and cells that are numbers, texts or nothing.
public struct ResultTable: Sendable, Hashable, Encodable {
  /// A cell.
  public enum Cell: Sendable, Hashable {
    /// Nothing.
    case null
    /// A whole number.
    case integer(Int64)
    /// A number.
    case real(Double)
    /// Text; bytes are hexadecimal text.
    case text(String)
  }

  /// The columns' names.
  public let columns: [String]
  /// Rows, each as long as ``columns``.
  public let rows: [[Cell]]
}

extension ResultTable {
  /// Writes a list of objects, column → cell.
  public func encode(to encoder: any Encoder) throws {
    var objects = encoder.unkeyedContainer()
    for row in rows {
      var fields = objects.nestedContainer(keyedBy: Column.self)
      for (name, cell) in zip(columns, row) { try fields.encode(cell, forKey: Column(name)) }
    }
  }

  private struct Column: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }
}

extension ResultTable.Cell: Encodable {
  /// Writes a number, a text or null.
  public func encode(to encoder: any Encoder) throws {
    var cell = encoder.singleValueContainer()
    switch self {
    case .null: try cell.encodeNil()
    case .integer(let number): try cell.encode(number)
    case .real(let number): try cell.encode(number)
    case .text(let text): try cell.encode(text)
    }
  }
}
