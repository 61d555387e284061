// SPDX-License-Identifier: Apache-2.0

extension SelectionCompiler {
  /// The regions, each after the one it inherits from, and where each written one went.
  func regions(
    of specification: SelectionSpecification
  ) -> (regions: [CompiledSelection.Region], positions: [Int]) {
    let written = specification.regions
    checkNames(written.map(\.name), part: "regions", "region")
    let byName = Dictionary(
      written.indices.map { (written[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    var positions: [Int?] = Array(repeating: nil, count: written.count)
    var regions: [CompiledSelection.Region] = []
    for start in written.indices {
      // Up the line of ancestors to one that is there already, then down again.
      var line: [Int] = []
      var next: Int? = start
      while let region = next, positions[region] == nil {
        if let first = line.firstIndex(of: region) {
          let names = (line[first...] + [region]).map { written[$0].name }
          report(
            "regions inherit from each other in a circle: \(names.joined(separator: " → "))",
            path: "regions.\(written[region].name).from")
          break
        }
        line.append(region)
        next = written[region].from.flatMap { parent(named: $0, of: written[region], in: byName) }
      }
      for region in line.reversed() {
        let parent = written[region].from.flatMap { byName[$0] }.flatMap { positions[$0] }
        positions[region] = regions.count
        regions.append(
          CompiledSelection.Region(
            name: written[region].name, parent: parent, cuts: cuts(of: written[region])))
      }
    }
    return (regions, positions.compactMap { $0 })
  }

  private func parent(
    named name: String, of region: SelectionSpecification.Region, in byName: [String: Int]
  ) -> Int? {
    if let parent = byName[name] { return parent }
    let others = byName.keys.filter { $0 != region.name }
    report(
      "there is no region '\(name)'\(suggestion(for: name, among: others))",
      path: "regions.\(region.name).from")
    return nil
  }

  private func cuts(of region: SelectionSpecification.Region) -> [CompiledSelection.Cut] {
    var seen: Set<String> = []
    return region.cuts.enumerated().compactMap { position, cut in
      let path = "regions.\(region.name).cuts[\(position)]"
      if cut.name.isEmpty { report("the cut has no name", path: path) }
      if !seen.insert(cut.name).inserted {
        report("there are two cuts '\(cut.name)' in this region: rename one", path: path)
      }
      guard let condition = lowerScalar(cut.expression, path: path, .condition) else { return nil }
      return CompiledSelection.Cut(
        name: cut.name, condition: graph.spread(condition, over: .event),
        compared: compared[path] ?? [])
    }
  }
}
