// SPDX-License-Identifier: Apache-2.0

/// The files beside a HistFactory XML file: what they are and where they lie is not this module's.
public protocol HistFactoryFiles {
  /// The bytes of an XML file, by the path that another one says.
  func text(_ path: String) throws -> [UInt8]

  /// A histogram of a ROOT file; nil if the file has none of that path.
  func histogram(_ path: String, in file: String) throws -> HistFactoryBins?
}

/// The bins of a histogram, without underflow and overflow.
public struct HistFactoryBins: Sendable, Hashable {
  /// Events [bins].
  public var contents: [Double]
  /// Their statistical uncertainties [bins].
  public var uncertainties: [Double]

  /// Bins of a histogram.
  public init(contents: [Double], uncertainties: [Double]) {
    self.contents = contents
    self.uncertainties = uncertainties
  }
}

/// A workspace made of XML, and what of the XML is not in it.
public struct ImportedWorkspace: Sendable {
  /// What the XML says, in the spelling of pyhf's `xml2json`.
  public let workspace: Workspace
  /// What a workspace has no word for and was left out, each as a sentence with its place.
  public let omissions: [InvalidWorkspace.Problem]
}
