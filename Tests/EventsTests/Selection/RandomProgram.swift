// SPDX-License-Identifier: Apache-2.0
import Events

/// Random expressions that check, as text, and random events to compute them on.
struct RandomProgram {
  var randomness: SeededRandomness

  static let columns: [ColumnDeclaration] = {
    var columns = [
      ColumnDeclaration(name: "x", type: .real), ColumnDeclaration(name: "y", type: .real),
      ColumnDeclaration(name: "n", type: .integer), ColumnDeclaration(name: "flag", type: .boolean),
      ColumnDeclaration(name: "absent", type: .real, isOptional: true),
      ColumnDeclaration(name: "absentFlag", type: .boolean, isOptional: true),
      ColumnDeclaration(name: "Jet_btag", type: .real, collection: "Jet", isOptional: true),
    ]
    for collection in ["Jet", "Lep"] {
      for field in ["pt", "eta", "phi"] {
        columns.append(
          ColumnDeclaration(name: "\(collection)_\(field)", type: .real, collection: collection))
      }
    }
    return columns
  }()

  // MARK: Expressions

  private mutating func one(_ choices: String...) -> String {
    choices.randomElement(using: &randomness) ?? choices[0]
  }
  private mutating func chance(_ count: Int) -> Int {
    Int.random(in: 0..<count, using: &randomness)
  }

  /// A real number. `level`: how many collection functions it stands in.
  mutating func real(_ depth: Int, _ level: Int = 0) -> String {
    guard depth > 0 else {
      if level > 0, chance(2) == 0 { return one("pt", "eta", "it.phi", "it.pt") }
      if level > 1, chance(3) == 0 { return one("it2.pt", "it2.eta") }
      return one("x", "y", "0.5", "2.0", "absent", "Jet[0].pt", "ev.x", "1.0")
    }
    switch chance(13) {
    case 0, 1:
      return "(\(real(depth - 1, level)) \(one("+", "-", "*", "/")) \(real(depth - 1, level)))"
    case 2: return "-\(real(depth - 1, level))"
    case 3: return "\(one("abs", "sqrt", "exp", "log", "sin", "floor"))(\(real(depth - 1, level)))"
    case 4:
      return "(\(condition(depth - 1, level)) ? \(real(depth - 1, level)) : "
        + "\(real(depth - 1, level)))"
    case 5: return "(\(real(depth - 1, level)) ?? \(real(depth - 1, level)))"
    case 6: return "\(one("min", "max"))(\(real(depth - 1, level)), \(real(depth - 1, level)))"
    case 7: return "\(collection(depth - 1, level))[\(integer(depth - 1, level))].pt"
    case 8: return "(\(real(depth - 1, level)) + \(integer(depth - 1, level)))"
    case 9: return "\(one("deltaPhi", "atan2"))(\(real(0, level)), \(real(0, level)))"
    case 10 where level > 1: return "\(one("deltaR", "deltaEta"))(it, it2)"
    case 10: return "deltaR(Jet[0], \(collection(depth - 1, level))[-1])"
    default:
      guard level < 2 else { return real(depth - 1, level) }
      return "\(one("sum", "min", "max", "product"))(\(collection(depth - 1, level)), "
        + "\(real(depth - 1, level + 1)))"
    }
  }

  mutating func integer(_ depth: Int, _ level: Int = 0) -> String {
    guard depth > 0 else { return one("n", "0", "1", "-2", "3", "size(Jet)") }
    switch chance(6) {
    case 0: return "(\(integer(depth - 1, level)) \(one("+", "-")) \(integer(depth - 1, level)))"
    case 1: return "(\(integer(depth - 1, level)) % \(integer(depth - 1, level)))"
    case 2: return "size(\(collection(depth - 1, level)))"
    case 3 where level < 2:
      return "count(\(collection(depth - 1, level)), \(condition(depth - 1, level + 1)))"
    case 4 where level < 2:
      return "\(one("argmin", "argmax"))(\(collection(depth - 1, level)), "
        + "\(real(depth - 1, level + 1)))"
    default: return integer(depth - 1, level)
    }
  }

  mutating func condition(_ depth: Int, _ level: Int = 0) -> String {
    guard depth > 0 else {
      return level > 0 ? one("flag", "absentFlag", "pt > 50", "eta < 0") : one("flag", "absentFlag")
    }
    let comparison = one("<", "<=", ">", ">=", "==", "!=")
    switch chance(8) {
    case 0, 1: return "\(real(depth - 1, level)) \(comparison) \(real(depth - 1, level))"
    case 2: return "\(integer(depth - 1, level)) \(comparison) \(integer(depth - 1, level))"
    case 3: return "\(real(0, level)) < \(real(depth - 1, level)) \(comparison) \(real(0, level))"
    case 4:
      return "(\(condition(depth - 1, level)) \(one("and", "or")) \(condition(depth - 1, level)))"
    case 5: return "(not \(condition(depth - 1, level)))"
    case 6: return "exists(\(real(depth - 1, level)))"
    default:
      guard level < 2 else { return condition(depth - 1, level) }
      return "\(one("any", "all", "none"))(\(collection(depth - 1, level)), "
        + "\(condition(depth - 1, level + 1)))"
    }
  }

  private mutating func collection(_ depth: Int, _ level: Int) -> String {
    let base = one("Jet", "Lep", "Jet")
    guard depth > 0 else { return base }
    switch chance(4) {
    case 0: return "\(base)[\(one("1", "-2", "0")):\(one("", "2", "-1"))]"
    case 1: return "\(base)[:size(Lep)]"
    case 2 where level > 0: return "\(base)[0:count(Jet, pt > it2.pt)]"
    default: return base
    }
  }

  // MARK: Events

  /// Events with numbers that are often equal, and every kind of number that is not finite.
  mutating func events(_ count: Int) -> MemoryReader {
    let some: [Double] = [-1, 0, 0.5, 1, 2, 50, 100, .nan, .infinity]
    var columns: [String: Column] = [:]
    for name in ["x", "y"] {
      columns[name] = Column((0..<count).map { _ in pick(some) })
    }
    columns["n"] = Column(
      integers: (0..<count).map { _ in Int64.random(in: -3...4, using: &randomness) })
    columns["flag"] = Column(
      values: .booleans((0..<count).map { _ in Bool.random(using: &randomness) }))
    if Bool.random(using: &randomness) {
      columns["absent"] = Column((0..<count).map { _ in pick(some) })
    }
    for (collection, fields) in [
      ("Jet", ["pt", "eta", "phi", "btag"]), ("Lep", ["pt", "eta", "phi"]),
    ] {
      // Lists of up to 8 elements are computed in another way than longer ones.
      let longest = chance(4) == 0 ? 12 : 4
      let sizes = (0..<count).map { _ in Int.random(in: 0...longest, using: &randomness) }
      for field in fields where field != "btag" || Bool.random(using: &randomness) {
        let values: [Double] =
          field == "pt" ? [10, 20, 50, 50, 80, 100, .nan] : [-3, -1, 0, 0.25, 1, 3]
        columns["\(collection)_\(field)"] = Column(
          lists: sizes.map { size in (0..<size).map { _ in pick(values) } })
      }
    }
    return MemoryReader(entries: count, columns)
  }

  private mutating func pick(_ values: [Double]) -> Double {
    values.randomElement(using: &randomness) ?? 0
  }

  /// One of the events as the interpreter knows it.
  static func row(_ event: Int, of reader: MemoryReader) -> [String: RowInterpreter.Value] {
    var row: [String: RowInterpreter.Value] = [:]
    var lists: [String: [[String: RowInterpreter.Value]]] = [:]
    for column in columns {
      let stored = reader.contents[column.name]
      func value(_ index: Int) -> RowInterpreter.Value {
        switch stored?.values {
        case nil: .missing
        case .booleans(let values): .boolean(values[index])
        case .integers(let values): .integer(values[index])
        case .reals(let values): .real(values[index])
        }
      }
      guard let collection = column.collection, let field = column.field else {
        row[column.name] = value(event)
        continue
      }
      let offsets = reader.contents["\(collection)_pt"]?.offsets ?? []
      let range = offsets[event]..<offsets[event + 1]
      if lists[collection] == nil { lists[collection] = range.map { _ in [:] } }
      for index in range { lists[collection]?[index - range.lowerBound][field] = value(index) }
    }
    for (name, elements) in lists { row[name] = .collection(elements.map { .object($0) }) }
    return row
  }
}
