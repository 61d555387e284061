// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// A JSON document that a command made, with what it has to say beside it.
public struct WorkspaceText: Sendable, Hashable {
  /// JSON on one line: keys sorted, numbers that read back to the same bits.
  public let json: String
  /// Sentences on what could not be kept.
  public let omissions: [String]

  init(_ bytes: [UInt8], omissions: [String] = []) {
    json = String(decoding: bytes, as: UTF8.self)
    self.omissions = omissions
  }

  init(_ workspace: Workspace, omissions: [String] = []) {
    self.init(workspace.jsonData(), omissions: omissions)
  }

  /// Writes the document to a file, replacing it.
  public func write(to path: String) throws(Failure) {
    try OutputFile.write(json + "\n", to: path)
  }
}
