// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

@Suite struct XMLImportTests {
  @Test func readsWhatPyhfReads() throws {
    let (files, expected) = try XMLFixture.pyhfs()
    let imported = try files.imported()
    #expect(imported.workspace.json.isEqual(to: expected))
    #expect(imported.omissions.isEmpty)
    #expect(throws: Never.self) { try Model(imported.workspace) }
  }

  private func changed(_ path: String, _ old: String, _ new: String) throws -> XMLFixture {
    var (files, _) = try XMLFixture.pyhfs()
    let text = try #require(files.texts[path])
    try #require(text.contains(old))
    files.texts[path] = text.replacing(old, with: new)
    return files
  }

  private func refusal(_ path: String, _ old: String, _ new: String) throws -> String {
    let files = try changed(path, old, new)
    do throws(InvalidWorkspace) {
      _ = try files.imported()
      return "accepted"
    } catch { return error.description }
  }

  @Test(arguments: [
    (
      "config/SR.xml", "HistoName=\"signal\"", "HistoName=\"sgnal\"",
      "./config/SR.xml:4:3: Sample: file './data/one.root' has no histogram 'sgnal' or "
        + "'nominal/sgnal'"
    ),
    (
      "config/SR.xml", "data/two.root", "data/three.root",
      "./config/SR.xml:8:3: Sample: there is no file 'data/three.root'"
    ),
    (
      "config/SR.xml", "<Data HistoName=\"data\"/>", "",
      "./config/SR.xml:2:1: Channel: channel 'SR' has no 'Data': a workspace needs observed events"
    ),
    (
      "config/SR.xml", "Low=\"0.9\"", "Low=\"a lot\"",
      "./config/SR.xml:6:5: OverallSys: 'Low' must be a number, but is 'a lot'"
    ),
    (
      "config/SR.xml", "Low=\"0.9\"", "",
      "./config/SR.xml:6:5: OverallSys: the attribute 'Low' is missing"
    ),
    (
      "config/CR.xml", "High=\"5\"", "High=\"6\"",
      "top.xml:4:1: Combination: the normfactors 'k_top' have different values or bounds; "
        + "make them equal"
    ),
    (
      "top.xml", "<POI> mu </POI>", "",
      "top.xml:7:3: Measurement: measurement 'first' names no parameter of interest: add 'POI'"
    ),
    (
      "top.xml", "alpha_jes", "gamma_shape_0",
      "top.xml:10:5: ParamSetting: single bins of a parameter can't be set, but 'gamma_shape_0' is "
        + "one; remove it"
    ),
    (
      "top.xml", "./config/SR.xml", "./config/XX.xml",
      "top.xml:5:3: Input: there is no file './config/XX.xml'"
    ),
    (
      "config/CR.xml", "</Sample>", "</Sampl>",
      "config/CR.xml:5:10: 'Sample' is closed by 'Sampl'"
    ),
    (
      "config/SR.xml", "HistoName=\"relative\" ConstraintType",
      "HistoName=\"data_CR\" ConstraintType",
      "./config/SR.xml:13:5: ShapeSys: the relative uncertainties have 1 bins, the sample has 3"
    ),
  ])
  func whatIsWrongIsTold(_ path: String, _ old: String, _ new: String, _ sentence: String) throws {
    #expect(try refusal(path, old, new) == sentence)
  }

  @Test func theResultIsAWorkspace() throws {
    let sentence = try refusal("config/CR.xml", "Name=\"CR\"", "Name=\"SR\"")
    #expect(
      sentence.hasPrefix("top.xml: channels[1]: there are two channels called 'SR'; rename one\n"))
  }

  @Test func whatHasNoWordIsOmittedAloud() throws {
    var files = try changed(
      "top.xml", "</POI>\n  </Measurement>\n</",
      "</POI><ConstraintTerm Type=\"Gamma\" RelativeUncertainty=\".3\">theory</ConstraintTerm>"
        + "\n  </Measurement>\n<Function Name=\"f\"/></")
    files.texts["config/SR.xml"] = files.texts["config/SR.xml"]?
      .replacing("ConstraintType=\"Poisson\"", with: "ConstraintType=\"Gaussian\"")
      .replacing("<StatError Activate=\"False\"/>", with: "<Mystery/>")
    let (_, expected) = try XMLFixture.pyhfs()
    let imported = try files.imported()
    #expect(imported.workspace.json.isEqual(to: expected))
    #expect(
      imported.omissions.map(\.message) == [
        "a shapesys has a Poisson constraint, not a 'Gaussian' one",
        "a workspace has nothing for 'Mystery'", "a workspace has no functions of parameters",
        "constraints are normal or Poisson by their modifier, not 'Gamma' ('theory')",
      ])
  }

  /// pyhf writes a width of 0, which makes its likelihood NaN.
  @Test func aLuminosityWithoutUncertaintyIsFixed() throws {
    let imported = try changed("top.xml", "LumiRelErr=\"0.05\"", "LumiRelErr=\"0\"").imported()
    let lumi = imported.workspace.measurements[0].parameters[0]
    #expect(lumi.isFixed == true)
    #expect(lumi.sigmas == [1])
    #expect(lumi.bounds == [2...2])
    #expect(imported.omissions.count == 1)
  }
}
