// SPDX-License-Identifier: Apache-2.0

extension BlockEvaluator {
  /// A table's numbers at those of one or two operands.
  func lookedUp(_ name: String, _ operands: [Vector], _ node: Node) throws -> Vector {
    guard let known = program.tables[name] else {
      throw Failure(event: nil, message: "table '\(name)' has no content")
    }
    let (table, outside) = (known.content, known.outside)
    let isUniform = operands.allSatisfy(\.isUniform)
    let count = isUniform ? 1 : size(node.space)
    let x = operands[0].reals
    let y = operands.count > 1 ? operands[1].reals : Operand(values: [0], isUniform: true)
    var validity = validity(of: operands, count: count)
    var values = map(x, y, count: count) { table.number($0, $1) }
    if outside != .nearest {
      // NaN is neither inside nor outside.
      let isInside = map(x, y, count: count) { x, y in
        (x.isNaN || table.holds(x, axis: 0))
          && (table.axes.count == 1 || y.isNaN || table.holds(y, axis: 1))
      }
      if outside == .zero {
        for place in values.indices where !isInside[place] { values[place] = 0 }
      } else {
        validity = Flags.both(validity, isInside)
      }
    }
    return Vector(values, validity: validity, isUniform: isUniform)
  }

  /// The random number of each event, or of each element of a collection.
  func random(
    _ kind: RandomNumber, stream: Int64, of collection: String?, _ node: Node
  ) -> Vector {
    let generator = EventRandom(seed: program.seed, collection: collection)
    func number(_ event: Int, _ object: Int) -> Double {
      switch kind {
      case .uniform: generator.uniform(event: event, object: object, stream: stream)
      case .gauss: generator.gauss(event: event, object: object, stream: stream)
      }
    }
    guard let space = node.space, space != .event else {
      return Vector((0..<count).map { number(firstEvent + $0, 0) })
    }
    let segments = self[space]
    var values: [Double] = []
    values.reserveCapacity(segments.count)
    for event in 0..<segments.parentCount {
      for object in 0..<segments.elements(of: event).count {
        values.append(number(firstEvent + event, object))
      }
    }
    return Vector(values)
  }
}
