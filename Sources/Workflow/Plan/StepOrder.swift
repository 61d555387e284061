// SPDX-License-Identifier: Apache-2.0

/// The order in which steps can be done, and the circles that leave some without one.
///
/// Complexity: number of steps plus number of edges; nothing is recursive, so that a chain may be
/// as long as it likes.
struct StepOrder {
  /// Every step after all of its predecessors, otherwise in the order given.
  private(set) var indices: [Int] = []
  /// Each circle in the direction of the data: every step feeds the next one, and the last feeds
  /// the first. One for each edge that closes a circle in a walk in the order given, up to a limit:
  /// each may be as long as the file.
  private(set) var cycles: [[Int]] = []

  private static let cycleLimit = 10

  /// - Parameter predecessors: for each step, the steps it takes inputs from.
  init(predecessors: [[Int]]) {
    enum State { case new, open, done }
    var state = [State](repeating: .new, count: predecessors.count)
    for start in predecessors.indices where state[start] == .new {
      // The path from `start` to where the walk is, with the edges taken so far.
      var path = [(step: start, edge: 0)]
      state[start] = .open
      while let (step, edge) = path.last {
        if edge == predecessors[step].count {
          path.removeLast()
          state[step] = .done
          indices.append(step)
          continue
        }
        path[path.count - 1].edge += 1
        let next = predecessors[step][edge]
        switch state[next] {
        case .new:
          state[next] = .open
          path.append((next, 0))
        case .open where cycles.count == Self.cycleLimit: break
        case .open:
          // The walk goes against the data: the path is turned round.
          let from = path.lastIndex { $0.step == next } ?? 0
          cycles.append(Self.fromFirst(path[from...].map(\.step).reversed()))
        case .done: break
        }
      }
    }
  }

  /// The same circle, told from the step that comes first in the file.
  private static func fromFirst(_ cycle: [Int]) -> [Int] {
    let start = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
    return Array(cycle[start...] + cycle[..<start])
  }
}

extension StepOrder {
  /// The order of an analysis' steps; what is taken from steps that are not among them is passed
  /// over.
  init(_ steps: [StepSpecification]) {
    let indices = Dictionary(steps.indices.map { (steps[$0].id, $0) }) { first, _ in first }
    self.init(
      predecessors: steps.map { step in
        Set(step.inputs.compactMap(\.reference.producer)).sorted().compactMap { indices[$0] }
      })
  }
}
