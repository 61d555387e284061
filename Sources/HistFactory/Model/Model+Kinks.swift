// SPDX-License-Identifier: Apache-2.0

extension Model {
  /// Slots, ascending, whose interpolation has a kink at 0: histosys with code0, normsys with code1.
  package var kinkedParameters: [Int] {
    var slots: Set<Int> = []
    if options.histosys == .code0 {
      for k in 0..<structure.templates.parameters.count {
        slots.insert(Int(structure.templates.parameters[k]))
      }
    }
    if options.normsys == .code1 {
      for k in 0..<structure.normsys.parameters.count {
        slots.insert(Int(structure.normsys.parameters[k]))
      }
    }
    return slots.sorted()
  }
}
