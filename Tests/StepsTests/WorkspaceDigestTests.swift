// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import HistFactory
import Testing

/// pyhf.utils.digest (0.7.6, sha256) of each workspace.
@Suite(.enabled(if: ReferenceFiles.areExpected, ReferenceFiles.absence))
struct WorkspaceDigestTests {
  @Test(arguments: [
    ("1Lbb_full_700_400.json", "7db4783c99c3451d40b9777e2edc9de2a3b71a25671aa56b6003cebdb566b50c"),
    ("1Lbb_simpl_700_400.json", "bdbae271443e9fd2cf74703e9271179b9a0952b36d1f1e4b66b68718854a51a7"),
    ("2018-05_ewk.json", "7c132b4657dea2df2df4a4cea7e20173889103a316727f1b286f9af7815ba47d"),
    ("2018-16_ewkinos.json", "afbe09954599f03ced9161a3915bb5494b18a98252b9cae76d44066cc6513da7"),
    ("2019-09_offshell.json", "959f9dcc9d323dad37291e97a2993075283883a5c453b9352cdfc2edbbdc5173"),
    ("c2p_multibin_bbl.json", "250e08445bc86d030bd4d017579ccd4930c4bc3cd1b5c57719f9cedfcf9b7815"),
    (
      "c2p_multibin_histosys.json",
      "a0970dc45d58e3aa84eb781e9818be09ea7898a0d8328a6cc8b70bbfa67b98ab"
    ),
    ("cms_ttg_2l.json", "b6afed4e15e8c07b96bbdf560ea3cc8928a4ae8e87dc07fad1e2cf8a6754d33a"),
    ("docs_2bin.json", "dad8822af55205d60152cbe4303929042dbd9d4839012e055e7c6b6459d68d73"),
    ("gen_alltypes.json", "a3995700eec5f3709c815b305509931c2cf0d11e5be0e190f2ef129e192447ec"),
    ("gen_coupledhisto.json", "eb6c3b71d9011d65ff940bba3724e83f3d4e4227a9b06c0d7ac0df1ef62e7624"),
    ("gen_shapefactor.json", "20078f73608ae6a49f5e559c784dab1bffac470ad818132a21c266161c841e79"),
    (
      "patchset_example_bkg.json",
      "7c32ca3b8db75cbafcf5cd7ed4672fa2b1fa69e391c9b89068dd947a521866ec"
    ),
    ("sbottomA_1000_131.json", "d779abb8134ef2e223aaa9d82570f2295906dd2d00e00f2c9c20f449c1531f3b"),
    ("sbottomA_1300_205.json", "346403b71abb18751b6c4e484d1c19ee4945bc46fc961197a74ecddf69d9c6af"),
    ("sbottomC_1200_450.json", "a48a374c61d16ef06c8d14bf2087c86e1de576347e41da39fa4b308d69857b09"),
    (
      "smo_2019-09_onshell_simpl.json",
      "15abc77e2e0d77bfd85162c0740217eb105644a3773905b50f20d812eb6ed77f"
    ),
    ("staus_highMass.json", "4451c7cb6e3783dbb1b09fdc42269a75294563701c3ce500529f720bec9260eb"),
    ("ttZ_3l.json", "3055a3421ceea6bf929e942d207d51cbbf8236c3f05948b243370da12903c1b0"),
    ("ttbar_ljets_xsec.json", "e1bd1687a355c36b3ce862dd7d4d885ea927e4d96612ca8d4ef07d1b677d08b3"),
    ("xmlimport_bkg.json", "acaf538804e40bcfa212e7cd62b525056946b078c1cc3425c4593b9fa25e1e08"),
  ]) func digestIsPyhfs(_ file: String, _ digest: String) throws {
    let path = ReferenceFiles.shared.appending(path: "data/workspaces/\(file)")
    let canonical = try Workspace.canonicalJSON(of: Array(try Data(contentsOf: path)), source: file)
    #expect(Fingerprint(of: canonical).hex == digest)
  }
}
