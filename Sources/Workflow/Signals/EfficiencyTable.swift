// SPDX-License-Identifier: Apache-2.0

/// The rows of an efficiency map: what a selection keeps of each region at each simulated point.
///
/// Columns are the parameters, `region`, `variation` (absent or empty for the nominal weight, else
/// as in `isr_up`), `entries`, `efficiency`, `uncertainty` and optionally `generated`.
public struct EfficiencyTable: Sendable, Hashable {
  /// What is kept of one region with one weight at one point.
  public struct Row: Sendable, Hashable {
    /// Number of the point in `points`.
    public let point: Int
    /// The region's name.
    public let region: String
    /// As in `isr_up`; nil for the nominal weight.
    public let variation: String?
    /// Number of selected events, without weights.
    public let entries: Int
    /// Σ_selected w/Σ_all w, in [0, 1].
    public let efficiency: Double
    /// Statistical uncertainty of the efficiency.
    public let uncertainty: Double
    /// Number of generated events, when the table has it.
    public let generated: Int?
  }

  /// Names of the parameters, in the order of the columns; one to six.
  public let parameters: [String]
  /// Simulated points, each with its coordinates in the order of `parameters`, in the order of the
  /// file.
  public let points: [[Double]]
  /// Regions in the order of the file; each has a row of each variation at each point.
  public let regions: [String]
  /// Variations in the order of the file, `…_up` with its `…_down`; without the nominal weight.
  public let variations: [String]
  /// Point by point, for each point region by region, the nominal weight before variations.
  public let rows: [Row]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - csv: the text.
  ///   - file: the file's name in diagnostics.
  ///   - parameters: names the columns of parameters may have; nil when any may be.
  /// - Throws: everything that is wrong, at once.
  public init(csv: String, file: String, parameters: [String]? = nil)
    throws(InvalidSpecification)
  {
    let table = try CSVTable(csv, file: file)
    let diagnostics = Diagnostics()
    let read = EfficiencyTableReader(table: table, diagnostics: diagnostics).read(parameters)
    try diagnostics.throwIfInvalid()
    guard let read else { throw InvalidSpecification("no table", at: nil) }
    self = read
  }

  init(
    parameters: [String], points: [[Double]], regions: [String], variations: [String], rows: [Row]
  ) {
    self.parameters = parameters
    self.points = points
    self.regions = regions
    self.variations = variations
    self.rows = rows
  }
}
