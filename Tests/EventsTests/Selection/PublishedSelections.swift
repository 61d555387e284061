// SPDX-License-Identifier: Apache-2.0
import Events

/// Published selections in the language. The cuts are those of CheckMATE's code, which is
/// inclusive at upper edges.
enum PublishedSelections {
  static let columns: [ColumnDeclaration] = {
    var columns: [ColumnDeclaration] = []
    for name in ["MET_pt", "MET_phi", "weight", "weight_isr_up", "weight_isr_dn"] {
      columns.append(ColumnDeclaration(name: name, type: .real))
    }
    for (collection, last) in [("Jet", "m"), ("Lep", "charge")] {
      for field in ["pt", "eta", "phi", last] {
        let name = "\(collection)_\(field)"
        columns.append(ColumnDeclaration(name: name, type: .real, collection: collection))
      }
    }
    return columns
  }()

  private static let isr = [
    SelectionSpecification.WeightVariation(
      name: "isr", up: "weight_isr_up", down: "weight_isr_dn", normalisation: .own)
  ]

  /// Cuts written one after another.
  private static func cuts(_ cuts: KeyValuePairs<String, String>) -> [SelectionSpecification.Cut] {
    cuts.map { SelectionSpecification.Cut(name: $0.key, expression: $0.value) }
  }

  /// arXiv:2010.14293, multi-bin squark regions: jets, lowest and highest significance, lowest
  /// and highest meff; nil for no limit.
  private typealias SquarkBin = (Int, Int, Int?, Int, Int?)

  private static let squarkBins: [SquarkBin] = {
    let common: [(Int, Int?, Int, Int?)] = [
      (10, 16, 1000, 1600), (16, 22, 1000, 1600), (22, nil, 1000, 1600), (10, 16, 1600, nil),
      (16, 22, 1600, 2200), (22, nil, 1600, 2200), (16, 22, 2200, 2800), (22, nil, 2200, 2800),
      (16, 22, 2800, nil), (22, nil, 2800, 3400),
    ]
    var bins: [SquarkBin] = [
      (2, 22, 28, 3400, 4000), (2, 28, nil, 3400, 4000), (2, 22, 28, 4000, nil),
      (2, 28, nil, 4000, nil),
    ]
    for jets in [2, 4] {
      for bin in common { bins.append((jets, bin.0, bin.1, bin.2, bin.3)) }
    }
    return bins
  }()

  static let squark: SelectionSpecification = {
    var regions = [
      SelectionSpecification.Region(
        name: "presel",
        cuts: cuts([
          "njet50>=2": "size(jets) >= 2", "pt1>200": "jets[0].pt > 200",
          "meff>800": "meff > 800", "lepveto": "size(Lep) == 0", "met>300": "MET_pt > 300",
        ]))
    ]
    for (jets, low, high, lightest, heaviest) in squarkBins {
      let threshold = jets == 2 ? (250, 250) : (200, 100)
      // The 2-jet regions below meff = 3400 GeV have at most 3 jets.
      let isExclusive = jets == 2 && lightest < 3400
      regions.append(
        SelectionSpecification.Region(
          name: "SR_\(jets)_\(lightest)_\(low)", from: "presel",
          channel: "SR_\(jets)_\(lightest)_\(low)_cuts",
          cuts: cuts([
            "nj": "size(jets) >= \(jets)" + (isExclusive ? " and size(jets) <= 3" : ""),
            "dphi": "dphi3 >= 0.8 and dphir >= 0.4",
            "pt": "jets[0].pt >= \(threshold.0) and jets[\(jets - 1)].pt >= \(threshold.1)",
            "eta": "max(jets[:\(jets)], abs(eta)) <= 2.0",
            "sig": "metsig >= \(low)", "sig_high": "metsig <= \(high.map(String.init) ?? "inf")",
            "meff": "\(lightest) <= meff <= \(heaviest.map(String.init) ?? "inf")",
          ])))
    }
    return SelectionSpecification(
      objects: [
        .init(name: "jets", from: "Jet", filter: "pt > 50 and abs(eta) < 2.8", sort: "-pt")
      ],
      variables: [
        .init(name: "ht", expression: "sum(jets, pt)"),
        .init(name: "meff", expression: "ht + MET_pt"),
        .init(name: "metsig", expression: "MET_pt / sqrt(ht)"),
        .init(name: "dphi3", expression: "min(jets[0:3], abs(deltaPhi(phi, MET_phi)))"),
        .init(name: "dphir", expression: "min(jets[3:], abs(deltaPhi(it.phi, MET_phi))) ?? 10"),
      ], weight: "weight", regions: regions, variations: isr)
  }()

  /// arXiv:2102.10874, EM00 … EM12.
  static let monojet: SelectionSpecification = {
    let edges = [200, 250, 300, 350, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200]
    let preselection = SelectionSpecification.Region(
      name: "presel",
      cuts: cuts([
        "njet>=1": "size(jets) >= 1", "njet<=4": "size(jets) <= 4", "lepveto": "size(Lep) == 0",
        "met>200": "MET_pt > 200", "dphi": "dphi >= (MET_pt < 250 ? 0.6 : 0.4)",
        "pt1>150": "jets[0].pt >= 150", "eta1<2.4": "abs(jets[0].eta) <= 2.4",
      ]))
    let bins = edges.indices.map { bin in
      let upper = bin + 1 < edges.count ? " and MET_pt <= \(edges[bin + 1])" : ""
      return SelectionSpecification.Region(
        name: bin < 10 ? "EM0\(bin)" : "EM\(bin)", from: "presel",
        cuts: cuts(["met": "MET_pt > \(edges[bin])\(upper)"]))
    }
    return SelectionSpecification(
      objects: [.init(name: "jets", from: "Jet", filter: "pt > 30 and abs(eta) < 2.8")],
      variables: [
        .init(name: "dphi", expression: "min(jets, abs(deltaPhi(phi, MET_phi))) ?? 10")
      ], weight: "weight", regions: [preselection] + bins, variations: isr)
  }()

  /// Windows of the mass of two muons of opposite charge.
  static let dimuon: SelectionSpecification = {
    let edges = [250, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000]
    let preselection = SelectionSpecification.Region(
      name: "presel",
      cuts: cuts([
        "2l": "size(leps) >= 2", "OS": "a.charge * b.charge < 0", "mll>250": "mll > 250",
      ]))
    let windows = zip(edges, edges.dropFirst()).map { low, high in
      SelectionSpecification.Region(
        name: "mll_\(low)_\(high)", from: "presel", cuts: cuts(["mll": "\(low) <= mll < \(high)"]))
    }
    return SelectionSpecification(
      objects: [.init(name: "leps", from: "Lep", filter: "pt > 30 and abs(eta) < 2.5")],
      variables: [
        .init(name: "a", expression: "leps[0]"), .init(name: "b", expression: "leps[1]"),
        .init(
          name: "mll",
          expression: "sqrt(2 * a.pt * b.pt * (cosh(deltaEta(a, b)) - cos(deltaPhi(a, b))))"),
      ], weight: "weight", regions: [preselection] + windows, variations: isr)
  }()
}
