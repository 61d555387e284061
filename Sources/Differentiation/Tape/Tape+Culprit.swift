// SPDX-License-Identifier: Apache-2.0

// A number that isn't finite is noticed at the end of a sweep, where it costs nothing to look; only
// then is the operation sought that made it.
extension Tape {
  func isFinite(_ place: Place, in arena: WorkArray) -> Bool {
    place.buffer(arena).allSatisfy(\.isFinite)
  }

  /// Follows a result that isn't finite back to the operation all of whose operands are.
  ///
  /// An infinity on the way may be harmless (1/∞ = 0), so the first one on the tape need not be it.
  func culprit(of sweep: TapeFailure.Sweep, in arena: WorkArray) -> TapeFailure {
    var place = result
    while let index = steps.lastIndex(where: { $0.result.offset == place.offset }) {
      let step = steps[index]
      guard let operand = step.operands.first(where: { !isFinite($0, in: arena) }) else {
        return TapeFailure(
          operation: step.primitive.name, position: index + 1, sweep: sweep,
          reason: "gave \(words(for: place, in: arena)) for finite operands")
      }
      place = operand
    }
    let kind = place.isVarying ? "an input" : "a constant"
    return TapeFailure(
      operation: nil, position: 0, sweep: sweep,
      reason: "\(kind) of the computation holds \(words(for: place, in: arena))")
  }

  /// Blames a step after whose call an operand's adjoint isn't finite any more.
  func refuseNonFinite(
    _ index: Int, _ arena: WorkArray, _ sweep: TapeFailure.Sweep
  ) throws(TapeFailure) {
    let step = steps[index]
    for (number, operand) in step.operands.enumerated()
    where operand.isVarying && !isFinite(operand, in: arena) {
      throw TapeFailure(
        operation: step.primitive.name, position: index + 1, sweep: sweep,
        reason: "gave the derivative with respect to operand \(number + 1) "
          + "\(words(for: operand, in: arena))")
    }
  }

  func failure(
    of index: Int, in sweep: TapeFailure.Sweep, because error: any Error
  ) -> TapeFailure {
    TapeFailure(
      operation: steps[index].primitive.name, position: index + 1, sweep: sweep,
      reason: "failed: \(error)")
  }

  private func words(for place: Place, in arena: WorkArray) -> String {
    let numbers = place.buffer(arena)
    guard let element = numbers.firstIndex(where: { !$0.isFinite }) else { return "a number" }
    let location = numbers.count == 1 ? "" : " in element \(element) of \(numbers.count)"
    return "\(numbers[element])" + location
  }
}
