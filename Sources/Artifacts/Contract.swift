// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// SHA-256 in 64 lower-case hexadecimal digits.
public struct Fingerprint: Hashable, Sendable, Codable, CustomStringConvertible {
  public let hex: String
  public init(of bytes: some DataProtocol) { fatalError("contract stub") }
  public init?(hex: String) { self.hex = hex }
  public var description: String { hex }
  /// First 12 digits, for people.
  public var short: String { String(hex.prefix(12)) }
}
extension Fingerprint {
  /// Digest of a value's canonical JSON (keys sorted, shortest numbers); floats that aren't finite throw.
  public init(ofCanonicalJSON value: some Encodable) throws { fatalError("contract stub") }
}
public enum CanonicalJSON {
  public static func data(_ value: some Encodable) throws -> Data { fatalError("contract stub") }
}
public struct Artifact: Hashable, Sendable, Codable {
  public let digest: Fingerprint
  public let byteCount: Int
  public let mediaType: String
  public init(digest: Fingerprint, byteCount: Int, mediaType: String) {
    self.digest = digest
    self.byteCount = byteCount
    self.mediaType = mediaType
  }
}
/// objects/ab/cdef…: written to a temporary name, synced, renamed; read only with a matching digest.
public struct ArtifactStore: Sendable {
  public let directory: URL
  public init(directory: URL) throws { self.directory = directory }
  public func put(_ bytes: Data, mediaType: String) throws -> Artifact { fatalError("contract stub") }
  public func put(contentsOf file: URL, mediaType: String) throws -> Artifact { fatalError("contract stub") }
  public func data(for artifact: Artifact) throws -> Data { fatalError("contract stub") }
  /// Path of the object after its bytes were hashed again, for readers that map or stream.
  public func verifiedFile(for artifact: Artifact) throws -> URL { fatalError("contract stub") }
  public func contains(_ digest: Fingerprint) -> Bool { fatalError("contract stub") }
}
