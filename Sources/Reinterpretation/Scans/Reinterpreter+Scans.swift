// SPDX-License-Identifier: Apache-2.0

extension Reinterpreter {
  /// Starts a scan from its file, or goes on with it when it is the same scan.
  ///
  /// Everything is checked before anything is stored: the scan and its signal family, the outputs,
  /// the constraints. Returns when a stop rule holds, all points are done, the task is cancelled or
  /// ``stopScan(_:)`` was called; a point that fails never ends it.
  ///
  /// - Parameter path: of `scan.yaml`.
  /// - Throws: ``Failure/Kind/refused`` when anything is wrong, another scan has the name, or
  ///   another process runs it.
  public func startScan(
    _ path: String, progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) async throws(Failure) -> ScanReport {
    throw .refused("scans are not there yet")
  }

  /// Goes on with a scan that was stopped, interrupted or killed; it proposes what it would have
  /// proposed.
  public func resumeScan(
    _ name: String, progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) async throws(Failure) -> ScanReport {
    throw .refused("scans are not there yet")
  }

  /// Asks whoever runs a scan to propose nothing more and to end when the points under way are
  /// done; a scan that nobody runs is stopped at once.
  public func stopScan(_ name: String) throws(Failure) -> ScanSummary {
    throw .refused("scans are not there yet")
  }

  /// Evaluates the failed points of a scan again, then goes on with it.
  public func retryScan(
    _ name: String, progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) async throws(Failure) -> ScanReport {
    throw .refused("scans are not there yet")
  }

  /// The scans, sorted by name.
  public func scans() throws(Failure) -> [ScanSummary] {
    throw .refused("scans are not there yet")
  }

  /// A scan whole.
  public func scan(_ name: String) throws(Failure) -> ScanReport {
    throw .refused("scans are not there yet")
  }

  /// The contours of a scan.
  ///
  /// - Parameters:
  ///   - name: the scan.
  ///   - output: the output; nil takes all.
  ///   - slice: axes and what becomes of the other parameters, for scans of more than two.
  public func contour(_ name: String, output: String? = nil, slice: ScanSlice = ScanSlice())
    throws(Failure) -> ContourReport
  {
    throw .refused("scans are not there yet")
  }

  /// What the surrogates of a scan say of a point. Needs a finished evaluation or two.
  public func predict(_ name: String, at point: [String: Double]) throws(Failure)
    -> PredictionReport
  {
    throw .refused("scans are not there yet")
  }

  /// The scan as a figure in SVG: contours in a plane, or limits along one parameter.
  public func scanFigure(_ name: String, slice: ScanSlice = ScanSlice(), title: String? = nil)
    throws(Failure) -> String
  {
    throw .refused("scans are not there yet")
  }

  /// The surrogates of a scan: data, hyperparameters and seed, as `predict` uses them.
  public func surrogates(_ name: String) throws(Failure) -> SurrogateReport {
    throw .refused("scans are not there yet")
  }

  /// The efficiency map of an analysis' succeeded runs, as CSV in the form that a signal family
  /// reads.
  ///
  /// - Parameter step: the selection; nil when the analysis has one only.
  public func efficiencyMap(_ analysis: String, step: String? = nil) throws(Failure) -> String {
    throw .refused("scans are not there yet")
  }
}
