// SPDX-License-Identifier: Apache-2.0

extension SelectionSpecification {
  private enum CodingKeys: String, CodingKey {
    case objects, variables, weight, regions, variations, histograms, shifts, rates, tables, seed
  }

  /// Reads what the encoder wrote.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func list<Element: Decodable>(_ key: CodingKeys) throws -> [Element] {
      try values.decodeIfPresent([Element].self, forKey: key) ?? []
    }
    self.init(
      objects: try values.decode([Object].self, forKey: .objects),
      variables: try values.decode([Variable].self, forKey: .variables),
      weight: try values.decodeIfPresent(String.self, forKey: .weight),
      regions: try values.decode([Region].self, forKey: .regions),
      variations: try values.decode([WeightVariation].self, forKey: .variations))
    histograms = try list(.histograms)
    shifts = try list(.shifts)
    rates = try list(.rates)
    tables = try list(.tables)
    seed = try values.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0
  }

  /// Writes all parts, those that came later only where they say something: what was computed of
  /// a selection without them keeps its fingerprint.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(objects, forKey: .objects)
    try values.encode(variables, forKey: .variables)
    try values.encodeIfPresent(weight, forKey: .weight)
    try values.encode(regions, forKey: .regions)
    try values.encode(variations, forKey: .variations)
    if !histograms.isEmpty { try values.encode(histograms, forKey: .histograms) }
    if !shifts.isEmpty { try values.encode(shifts, forKey: .shifts) }
    if !rates.isEmpty { try values.encode(rates, forKey: .rates) }
    if !tables.isEmpty { try values.encode(tables, forKey: .tables) }
    if seed != 0 { try values.encode(seed, forKey: .seed) }
  }
}
