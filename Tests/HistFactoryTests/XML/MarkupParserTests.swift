// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

@Suite struct MarkupParserTests {
  private func refusal(_ bytes: [UInt8]) -> String {
    do throws(InvalidWorkspace) {
      _ = try Workspace.importing(xml: bytes, source: "x", files: XMLFixture.none)
      return "accepted"
    } catch { return error.description }
  }

  private func refusal(_ text: String) -> String { refusal(Array(text.utf8)) }

  @Test(arguments: [
    ("", "x:1:1: an XML file must start with an element"),
    ("<a", "x:1:3: the tag of 'a' is never closed"),
    ("<a>", "x:1:1: 'a' is never closed"),
    ("<a></b>", "x:1:7: 'a' is closed by 'b'"),
    ("<a/><b/>", "x:1:5: there is something after the last element"),
    ("<a b=1/>", "x:1:6: the value of 'b' must stand in quotes"),
    ("<a b/>", "x:1:5: the attribute 'b' has no value"),
    ("<a b='1' b='2'/>", "x:1:9: 'a' has the attribute 'b' twice"),
    ("<a b='1/>", "x:1:7: the value of 'b' is never closed"),
    ("<a>\n<!-- </a>", "x:2:5: a comment is never closed"),
    ("<a>&lol;</a>", "x:1:4: '&' must begin an entity of XML; write '&amp;'"),
    ("<a>&#xFFFFFFFF;</a>", "x:1:4: '&' must begin an entity of XML; write '&amp;'"),
    (
      "<!DOCTYPE a [<!ENTITY lol SYSTEM 'file:///etc/passwd'>]><a>&lol;</a>",
      "x:1:13: a document type with declarations is not read; remove them"
    ),
    ("<1>", "x: 1: the file must have a 'Combination' that names the channels' files"),
    ("<>", "x:1:2: a name must stand here"),
  ])
  func whatIsNoXMLIsRefused(_ text: String, _ sentence: String) {
    let told = refusal(text)
    #expect(told == sentence || (text == "<1>" && told == "x:1:1: '1' is never closed"))
  }

  @Test func bytesThatAreNoText() {
    #expect(
      refusal([0x3C, 0x61, 0x3E, 0xFF, 0x3C]) == "x:1:4: a text contains bytes that are not UTF-8")
  }

  @Test func depthIsLimited() {
    let text = String(repeating: "<a>", count: 33)
    #expect(refusal(text) == "x:1:97: elements may be nested 32 deep")
  }

  @Test func everythingXMLHasIsRead() throws {
    var files = XMLFixture.none
    files.texts["c.xml"] = """
      \u{FEFF}<?xml version='1.0'?><!-- c --><Channel Name='&#83;R&#x21;' InputFile="f">
      <Data HistoName="d"/><Sample Name = "s" HistoName="d" ><?pi x?><![CDATA[<&]]>
      <NormFactor Name="m&apos;u" Val=".5" Low="-1." High="1e1"/></Sample></Channel><!-- end -->
      """
    files.histograms["f"] = ["d": .init(contents: [1], uncertainties: [1])]
    files.texts["top.xml"] = """
      <Combination><Input>c.xml</Input><Measurement Name="m" Lumi="1" LumiRelErr="0.1">\
      <POI><![CDATA[m'u]]></POI></Measurement></Combination>
      """
    let workspace = try files.imported().workspace
    #expect(workspace.channels[0].name == "SR!")
    #expect(workspace.channels[0].samples[0].modifiers[0].name == "m'u")
    #expect(workspace.measurements[0].parameters[1].bounds == [-1...10])
    #expect(workspace.measurements[0].parameters[1].inits == [0.5])
  }

  /// Damage is a sentence or another workspace, never a crash.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func damage(_ seed: UInt64) throws {
    var random = SeededNumbers(seed)
    var (files, _) = try XMLFixture.pyhfs()
    for path in files.texts.keys.sorted() {
      var bytes = Array((files.texts[path] ?? "").utf8)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...127, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.removeLast(bytes.count - place - 1)
        }
      }
      files.texts[path] = String(decoding: bytes, as: UTF8.self)
    }
    do throws(InvalidWorkspace) {
      _ = try files.imported()
    } catch { #expect(!error.problems.isEmpty) }
  }
}
