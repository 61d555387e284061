// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// XXH64 with seed 0 of texts of each length class (below 4, 8, 32 and above), as xxHash 0.8.4
/// gives them (`python -c "import xxhash; print(xxhash.xxh64(b'abc').hexdigest())"`).
struct ROOTChecksumTests {
  @Test(
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("abc", 0x44BC_2CF5_AD77_0999),
      ("xxhash", 0x32DD_3895_2C4B_C720),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
      (String(repeating: "0123456789", count: 10), 0xF80E_7B96_315A_FFFA),
    ] as [(String, UInt64)])
  func knownValues(text: String, hash: UInt64) {
    #expect(Array(text.utf8).withUnsafeBytes { XXHash64.hash($0) } == hash)
  }
}
