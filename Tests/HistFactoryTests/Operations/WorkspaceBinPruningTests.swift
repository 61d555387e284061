// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

@Suite struct WorkspaceBinPruningTests {
  /// Without a bin the likelihood lacks that bin's Poisson term and the constraints of its slots,
  /// and nothing else.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func theRestIsUntouched(_ seed: UInt64) throws {
    var generator = ModelGenerator(seed: 3000 + seed)
    let workspace = generator.workspace()
    let model = try Model(workspace)
    let channel = try #require(workspace.channels.randomElement(using: &generator.numbers))
    let count = channel.samples[0].data.count
    let shared = workspace.channels.flatMap(\.samples).flatMap(\.modifiers)
      .contains { $0.name == "free_all" }
    guard count > 1, !shared else { return }
    let bin = Int.random(in: 0..<count, using: &generator.numbers)
    let pruned = try Model(try workspace.pruned(bins: [channel.name: [bin]]))
    #expect(pruned.data.main.count == model.data.main.count - 1)

    let point = generator.point(of: model, wide: false)
    let names = ["shape_\(channel.name)_", "stat_\(channel.name)", "free_\(channel.name)"]
    var rest: [Double] = [], lost: [ModelReference.Slot] = []
    for parameter in model.parameters {
      let isBinwise = !parameter.isScalar && names.contains { parameter.name.hasPrefix($0) }
      for (slot, index) in parameter.range.enumerated() {
        if isBinwise, slot == bin {
          lost.append(.init(parameter: parameter, slot: slot, value: point[index]))
        } else {
          rest.append(point[index])
        }
      }
    }
    #expect(pruned.inits.count == rest.count)
    let reference = ModelReference(workspace, model: model, point: point)
    let rate = try #require(reference.rates()[channel.name])[bin]
    let observation = try #require(workspace.observations.first { $0.name == channel.name })
    let removed =
      ModelReference.poisson(observation.data[bin], rate)
      + lost.reduce(0) { $0 + $1.negativeLogLikelihood }
    let before = Likelihood(model, data: model.data).negativeLogLikelihood(point)
    let after = Likelihood(pruned, data: pruned.data).negativeLogLikelihood(rest)
    #expect(deviation(after, before - removed, scale: 1) < 1e-11)
  }

  /// A staterror that spans channels loses the slots of its bins, and so do its configurations.
  @Test func configurationsLoseTheirSlots() throws {
    let sample: (String) -> Workspace.Sample = { name in
      .init(
        name: name, data: [10, 20, 30],
        modifiers: [.init(name: "stat", kind: .staterror([1, 2, 3]))])
    }
    let workspace = Workspace(
      channels: [
        .init(name: "B", samples: [sample("s")]), .init(name: "A", samples: [sample("s")]),
      ],
      observations: [.init(name: "A", data: [1, 2, 3]), .init(name: "B", data: [4, 5, 6])],
      measurements: [
        .init(
          name: "m", poi: "",
          parameters: [
            .init(
              name: "stat", inits: [1, 2, 3, 4, 5, 6],
              bounds: (1...6).map { 0...Double($0) }, sigmas: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
          ])
      ])
    let pruned = try workspace.pruned(bins: ["B": [0, 2], "A": [1]])
    #expect(pruned.channels.map { $0.samples[0].data } == [[20], [10, 30]])
    #expect(pruned.channels[1].samples[0].modifiers[0].kind == .staterror([1, 3]))
    #expect(pruned.observations.map(\.data) == [[1, 3], [5]])
    let configuration = pruned.measurements[0].parameters[0]
    #expect(configuration.inits == [1, 3, 5])
    #expect(configuration.sigmas == [0.1, 0.3, 0.5])
    #expect(configuration.bounds == [0...1, 0...3, 0...5])
  }

  @Test func whatIsNotThereIsRefused() throws {
    let left = try OperationFixtures.workspace("left")
    func refusal(_ bins: [String: [Int]]) -> String {
      do throws(InvalidWorkspace) {
        _ = try left.pruned(bins: bins)
        return "accepted"
      } catch { return error.problems.map(\.message).joined(separator: "; ") }
    }
    #expect(
      refusal(["SR": [2, -1]])
        == "channel 'SR' has no bin 2 to prune; it has 2, counted from 0; "
        + "channel 'SR' has no bin -1 to prune; it has 2, counted from 0")
    #expect(
      refusal(["SR": [0, 1, 1]])
        == "all bins of channel 'SR' would be pruned; prune the channel")
    #expect(refusal(["XX": [0]]).hasPrefix("there is no channel 'XX' to prune"))
  }
}
