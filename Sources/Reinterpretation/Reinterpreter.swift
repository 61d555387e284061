// SPDX-License-Identifier: Apache-2.0
public import Foundation
import Preservation
public import Scheduling
public import Steps
import Synchronization
public import Workflow

/// The product as one small API: preserve an analysis once, then ask it about any new signal.
///
/// ```swift
/// let reinterpreter = Reinterpreter(registry: URL(fileURLWithPath: "registry"))
/// try reinterpreter.register("workflows/hello")
/// let reports = try await reinterpreter.reinterpret("hello", signals: ["new.yaml"])
/// ```
///
/// Every function throws ``Failure`` and nothing else. An analysis is named `NAME` (its newest
/// version) or `NAME@3`.
///
/// ## Topics
/// ### Preserving
/// - ``validate(_:analysis:)``
/// - ``register(_:)``
/// - ``analyses()``
/// - ``analysis(_:)``
/// - ``export(_:to:)``
/// - ``importBundle(_:)``
/// ### Reinterpreting
/// - ``plan(_:signal:)``
/// - ``reinterpret(_:signals:progress:)``
/// - ``verify(_:progress:)``
/// ### Scanning
/// - ``startScan(_:progress:)``
/// - ``resumeScan(_:progress:)``
/// - ``stopScan(_:)``
/// - ``retryScan(_:progress:)``
/// - ``scans()``
/// - ``scan(_:)``
/// - ``contour(_:output:slice:)``
/// - ``predict(_:at:)``
/// - ``scanFigure(_:slice:title:)``
/// - ``surrogates(_:)``
/// - ``efficiencyMap(_:step:)``
/// ### Asking
/// - ``results(matching:)``
/// - ``query(_:)``
/// - ``runs(of:signal:)``
/// - ``run(_:)``
/// - ``log(of:step:)``
public final class Reinterpreter: Sendable {
  /// The registry's folder: one SQLite file and the content-addressed objects.
  public let directory: URL
  /// How many steps of a run, or points of a scan, are executed at a time.
  public let width: Int
  let catalog: StepCatalog
  let executor: any Executor
  private let opened = Mutex<Registry?>(nil)

  /// Nothing is opened or made before the first call that needs it.
  ///
  /// - Parameters:
  ///   - directory: the registry's folder; made by the first registration or import.
  ///   - catalog: the kinds of steps analyses may use.
  ///   - executor: where steps are executed.
  ///   - width: steps of a run executed at a time, at least 1.
  public init(
    registry directory: URL, catalog: StepCatalog = .standard,
    executor: any Executor = LocalExecutor(), width: Int = 2
  ) {
    self.directory = directory
    self.catalog = catalog
    self.executor = executor
    self.width = max(1, width)
  }

  /// The registry, opened once. Without `creating`, a folder that holds none is refused.
  func registry(creating: Bool = false) throws -> Registry {
    try opened.withLock { registry in
      if let registry { return registry }
      let file = directory.appendingPathComponent("registry.sqlite").path
      guard creating || FileManager.default.fileExists(atPath: file) else {
        throw Failure.refused(
          "\(directory.path): there is no registry here yet. 'reprise register FOLDER' makes one; "
            + "--registry or REPRISE_REGISTRY names another.")
      }
      let made = try Registry(directory: directory, create: creating)
      registry = made
      return made
    }
  }

  /// Version of this program, recorded with each run.
  public static let engineVersion = "0.1.0"
}
