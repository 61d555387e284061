// SPDX-License-Identifier: Apache-2.0
import Crypto
public import Foundation

/// Digests that others have written down, to be compared with; our own names are `Fingerprint`s.
public enum PublishedDigest {
  /// SHA-256 of bytes, 64 lower-case hexadecimal digits.
  public static func sha256(of bytes: some DataProtocol) -> String { Fingerprint(of: bytes).hex }

  /// MD5 of bytes, 32 lower-case hexadecimal digits: enough to tell files apart by accident, not
  /// against an adversary. HEPData's older patchsets have nothing else.
  public static func md5(of bytes: some DataProtocol) -> String {
    var hash = Insecure.MD5()
    hash.update(data: bytes)
    return hash.finalize().map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
