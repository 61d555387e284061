// SPDX-License-Identifier: Apache-2.0

extension Model {
  /// Slots, ascending, whose interpolation has a kink at 0: histosys with code0, normsys with code1.
  package var kinkedParameters: [Int] {
    var slots: Set<Int> = []
    if options.histosys == .code0 {
      for k in 0..<structure.histosysParameters.count {
        slots.insert(Int(structure.histosysParameters[k]))
      }
    }
    if options.normsys == .code1 {
      for k in 0..<structure.normsysParameters.count {
        slots.insert(Int(structure.normsysParameters[k]))
      }
    }
    return slots.sorted()
  }
}
