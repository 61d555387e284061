// SPDX-License-Identifier: Apache-2.0

/// A way event files are stored. Named in YAML, never sniffed.
///
/// A format of your own conforms to this and hands out readers. What is promised for it:
/// - a file is untrusted bytes: whatever is in it, the answer is values or an EventFileError, in time
///   and memory that its size explains;
/// - a reader streams: memory doesn't grow with the number of events;
/// - numbers come as Bool, Int64 and Double without loss; what Int64 can't hold is an error;
/// - collections follow NanoAOD: `Jet_pt` is a column with offsets, `nJet` one without.
public protocol EventFormat: Sendable {
  /// The name YAML uses: "root".
  static var name: String { get }
  /// Opens a file and reads what describes it, but no event yet.
  ///
  /// `tree` is for formats with several tables in a file: nil takes the only one, or is an error.
  /// - Throws: EventFileError.
  func open(_ path: String, tree: String?) throws -> any EventReader
  /// The tables that a file has, for formats with several in a file; none for others.
  /// - Throws: EventFileError.
  func trees(in path: String) throws -> [String]
}

extension EventFormat {
  /// None: a format without trees.
  public func trees(in path: String) throws -> [String] { [] }
}
