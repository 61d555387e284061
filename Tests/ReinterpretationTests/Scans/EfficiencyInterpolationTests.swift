// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Steps
import Testing

@Suite("Interpolation of efficiencies")
struct EfficiencyInterpolationTests {
  private typealias Entry = EfficiencyInterpolation.Entry

  /// A smooth efficiency of the order of a tenth.
  private func truth(_ x: Double, _ y: Double) -> Double {
    0.1 * exp(-pow(x - 0.4, 2) - 0.5 * x * y)
  }

  /// 5 × 5 points with n of 20 000 events, counts with Poisson fluctuations of a fixed seed; the
  /// variation has 10 % (1 + x) more and as many less; a region without events.
  private func entries() -> [Entry] {
    var random = SplitMix(seed: 4)
    return (0..<25).flatMap { index -> [Entry] in
      let (x, y) = (Double(index % 5) / 4, Double(index / 5) / 4)
      let size = 20_000.0
      let mean = truth(x, y) * size
      // Box and Muller: the normal limit of Poisson's distribution.
      let normal =
        (-2 * log(1 - random.uniform())).squareRoot() * cos(2 * .pi * random.uniform())
      let efficiency = (mean + mean.squareRoot() * normal) / size
      let error = (efficiency * (1 - efficiency) / size).squareRoot()
      func entry(_ variation: String?, _ factor: Double) -> Entry {
        Entry(
          point: [100 * x, y], region: "A", variation: variation,
          entries: Int(efficiency * size), efficiency: efficiency * factor,
          uncertainty: error * factor)
      }
      let none = ["w_up", "w_down", nil].map {
        Entry(
          point: [100 * x, y], region: "B", variation: $0, entries: 0, efficiency: 0,
          uncertainty: 0)
      }
      return [
        entry(nil, 1), entry("w_up", 1 + 0.1 * (1 + x)), entry("w_down", 1 / (1 + 0.1 * (1 + x))),
      ] + none
    }
  }

  private func map(_ entries: [Entry]) throws -> EfficiencyInterpolation {
    try EfficiencyInterpolation(
      parameters: ["x", "y"], entries: entries,
      channels: [.init(region: "A", channel: "A_cuts"), .init(region: "B", channel: "B_cuts")],
      variations: ["w"])
  }

  @Test("between the points it is the truth within its uncertainty")
  func accuracy() throws {
    let map = try map(entries())
    var pulls: [Double] = []
    for index in 0..<16 {
      let (x, y) = (Double(index % 4) / 4 + 0.125, Double(index / 4) / 4 + 0.125)
      let yields = try map.yields(at: ["x": 100 * x, "y": y])
      #expect(yields.total.sumW == 1)
      let region = yields.regions[0]
      #expect(region.region == "A" && region.channel == "A_cuts")
      let error = try #require(region.nominal.sumW2).squareRoot()
      #expect(abs(region.nominal.sumW / truth(x, y) - 1) < 0.05)
      pulls.append((region.nominal.sumW - truth(x, y)) / error)
      let varied = try #require(region.variations["w"])
      #expect(abs(varied.up.sumW / region.nominal.sumW - (1 + 0.1 * (1 + x))) < 0.005)
      #expect(abs(varied.down.sumW * (1 + 0.1 * (1 + x)) / region.nominal.sumW - 1) < 0.005)
      // Nobody ever saw an event in B.
      #expect(yields.regions[1].nominal.sumW == 0 && yields.regions[1].nominal.sumW2 == 0)
    }
    let rms = (pulls.reduce(0) { $0 + $1 * $1 } / Double(pulls.count)).squareRoot()
    #expect(rms < 2)
    let report = map.report()
    #expect(report.points == 25)
    // 2 % is the statistical error of a point.
    #expect(report.regions[0].leaveOneOut < 0.05)
    #expect((0.5..<2).contains(report.regions[0].leaveOneOutPull))
  }

  @Test("only points outside of the hull are extrapolated")
  func hull() throws {
    let map = try map(entries())
    #expect(!map.isExtrapolated(["x": 50, "y": 0.5]) && !map.isExtrapolated(["x": 0, "y": 1]))
    #expect(map.isExtrapolated(["x": 101, "y": 0.5]) && map.isExtrapolated(["x": 50]))
  }

  @Test("what isn't of the analysis is refused")
  func refusals() throws {
    let entries = entries()
    func sentence(_ entries: [Entry]) -> String {
      do {
        _ = try map(entries)
        return ""
      } catch { return "\(error)" }
    }
    #expect(sentence(entries.filter { $0.region == "A" }).contains("lacks region 'B'"))
    #expect(sentence(entries.filter { $0.variation != "w_up" }).contains("lacks variation 'w_up'"))
    #expect(sentence(entries.filter { $0.point[1] == 0 }).contains("'y' = 0.0 at all"))
    #expect(sentence(Array(entries.prefix(12))).contains("at least 3"))
    #expect(throws: Failure.self) { try map(entries).yields(at: ["x": 1]) }
  }
}
