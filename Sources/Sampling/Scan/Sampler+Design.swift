// SPDX-License-Identifier: Apache-2.0

/// The points that don't depend on results.
extension Sampler {
  /// The next points of the strategy's own sequence that aren't in the log.
  ///
  /// The sequence is followed from its start, so it is the same however many are asked for.
  func designed(_ count: Int, _ known: [Proposal]) throws -> [Proposal] {
    let sobol = Sobol(dimension: space.dimension, seed: seed)
    let first = firstPositions
    let known = Set(known.map(\.position))
    var used: Set<[Double]> = []
    var found: [Proposal] = []
    var index = 0
    while found.count < count, let wanted = position(index, first, sobol) {
      guard index < 1 << 20 else {
        throw SamplingError("no point is left that the scan's constraints allow: loosen them")
      }
      index += 1
      guard space.contains(wanted) || pool != nil else { continue }
      guard let position = pool == nil ? wanted : nearest(to: wanted, besides: used) else { break }
      guard used.insert(position).inserted, !known.contains(position) else { continue }
      found.append(Proposal(number: known.count + found.count, position: position))
    }
    return found
  }

  private var firstPositions: [[Double]] {
    guard case .active(_, let design) = strategy else { return [] }
    return design.first(in: space)
  }

  private func nearest(to position: [Double], besides used: Set<[Double]>) -> [Double]? {
    func square(_ other: [Double]) -> Double {
      zip(position, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    var best: (position: [Double], square: Double)?
    for candidate in pool ?? [] where !used.contains(candidate) && space.contains(candidate) {
      let square = square(candidate)
      if square < best?.square ?? .infinity { best = (candidate, square) }
    }
    return best?.position
  }

  /// Point `index` of the sequence; nil behind the end of a finite one.
  private func position(_ index: Int, _ first: [[Double]], _ sobol: Sobol) -> [Double]? {
    switch strategy {
    case .active, .sobol:
      return index < first.count ? first[index] : sobol[UInt32(index - first.count)]
    case .random:
      return (0..<space.dimension).map {
        CounterRandom.uniform(CounterRandom.bits(seed, UInt64(index), UInt64($0)))
      }
    case .points(let points): return points.indices.contains(index) ? points[index] : nil
    case .grid(let perAxis):
      var rest = index
      let position = (0..<space.dimension).map { _ in
        defer { rest /= max(perAxis, 1) }
        return (Double(rest % max(perAxis, 1)) + 0.5) / Double(max(perAxis, 1))
      }
      return rest == 0 ? position : nil
    }
  }
}
