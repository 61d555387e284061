// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
  /// NIST FIPS 180-4 example values.
  @Test(
    "SHA-256 of published messages",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func published(_ message: String, _ digest: String) {
    let fingerprint = Fingerprint(of: Data(message.utf8))
    #expect(fingerprint.hex == digest)
    #expect(fingerprint.description == digest)
    #expect(fingerprint.short == String(digest.prefix(12)))
  }

  @Test("only 64 lower-case digits are a fingerprint")
  func text() {
    let valid = String(repeating: "0123456789abcdef", count: 4)
    #expect(Fingerprint(hex: valid)?.hex == valid)
    for invalid in ["", String(valid.dropLast()), valid + "0", valid.uppercased()] {
      #expect(Fingerprint(hex: invalid) == nil)
    }
    #expect(Fingerprint(hex: String(valid.dropLast()) + "g") == nil)
    #expect(Fingerprint(hex: String(valid.dropLast(2)) + "é") == nil)
  }

  @Test("coded as its text, and nothing else is read")
  func coding() throws {
    let fingerprint = Fingerprint(of: Data("abc".utf8))
    let json = try JSONEncoder().encode([fingerprint])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(fingerprint.hex)\"]")
    #expect(try JSONDecoder().decode([Fingerprint].self, from: json) == [fingerprint])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Fingerprint].self, from: Data("[\"abc\"]".utf8))
    }
  }
}
