// SPDX-License-Identifier: Apache-2.0

extension SelectionCompiler {
  /// The regions, each after the one it inherits from.
  func order(of regions: [SelectionSpecification.Region]) -> RegionOrder {
    checkNames(regions.map(\.name), part: "regions", "region")
    let byName = Dictionary(
      regions.indices.map { (regions[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    var result = RegionOrder(
      parents: regions.map { region in
        region.from.flatMap { parent(named: $0, of: region, in: byName) }
      })
    var isPlaced = Array(repeating: false, count: regions.count)
    for start in regions.indices {
      // Up the line of ancestors to one that is there already, then down again.
      var line: [Int] = []
      var next: Int? = start
      while let region = next, !isPlaced[region] {
        if let first = line.firstIndex(of: region) {
          let names = (line[first...] + [region]).map { regions[$0].name }
          report(
            "regions inherit from each other in a circle: \(names.joined(separator: " → "))",
            path: "regions.\(regions[region].name).from")
          break
        }
        line.append(region)
        next = result.parents[region]
      }
      for region in line.reversed() {
        isPlaced[region] = true
        result.order.append(region)
      }
    }
    return result
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

  /// What a region is made of, with the present meaning of names; nil after reporting.
  func lower(_ region: SelectionSpecification.Region) -> Universe.Region? {
    var seen: Set<String> = []
    let cuts = region.cuts.enumerated().map { position, cut -> Universe.Cut? in
      let path = "regions.\(region.name).cuts[\(position)]"
      if cut.name.isEmpty { report("the cut has no name", path: path) }
      if !seen.insert(cut.name).inserted {
        report("there are two cuts '\(cut.name)' in this region: rename one", path: path)
      }
      guard let condition = lowerScalar(cut.expression, path: path, .condition) else { return nil }
      return Universe.Cut(
        name: cut.name, condition: graph.spread(condition, over: .event), path: path)
    }
    let weight = region.weight.flatMap { self.weight($0, path: "regions.\(region.name).weight") }
    let lowered = cuts.compactMap(\.self)
    guard lowered.count == cuts.count, region.weight == nil || weight != nil else { return nil }
    return Universe.Region(cuts: lowered, weight: weight)
  }
}
