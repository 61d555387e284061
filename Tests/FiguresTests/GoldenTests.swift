// SPDX-License-Identifier: Apache-2.0
import Figures
import Testing

/// Every figure of the gallery, and each of them a well-formed document.
struct GoldenTests {
  @Test(arguments: Gallery.names)
  func figureIsAsItWasLookedAt(_ name: String) throws {
    let figure = try #require(try Gallery.figure(name))
    let text = try figure.svg()
    #expect(WellFormed.problem(text) == nil)
    #expect(try figure.svg() == text)
    try GoldenFile.compare(text, "\(name).svg")
  }
}
