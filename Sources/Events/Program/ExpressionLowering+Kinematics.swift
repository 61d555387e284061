// SPDX-License-Identifier: Apache-2.0

extension ExpressionLowering {
  /// Functions of momenta, given as objects or as numbers. Units GeV and radians.
  func kinematic(_ name: String, _ arguments: [Expression], at place: Expression) -> NodeID? {
    switch (name, arguments.count) {
    case ("deltaPhi", 2):
      return coordinates("phi", of: arguments).map { deltaPhi($0[0], $0[1]) }
    case ("deltaEta", 2):
      return coordinates("eta", of: arguments).map { apply(.subtract, $0[0], $0[1], type: .real) }
    case ("deltaR", 2):
      return momenta(["eta", "phi"], of: arguments, in: name).map { deltaR($0[0], $0[1]) }
    case ("deltaR", 4):
      return reals(arguments).map { deltaR([$0[0], $0[1]], [$0[2], $0[3]]) }
    case ("mT", 4): return reals(arguments).map(transverseMass)
    case ("mass", 1...):
      return momenta(["pt", "eta", "phi", "m"], of: arguments, in: name).map(mass)
    case ("deltaR", _):
      return fail("deltaR takes two objects, or eta1, phi1, eta2, phi2", at: place)
    case ("mT", _): return fail("mT takes pt1, phi1, pt2, phi2", at: place)
    case ("mass", _): return fail("mass takes at least one object", at: place)
    default:
      return fail(
        "\(name) takes two objects or two numbers, here are \(arguments.count)", at: place)
    }
  }

  private func reals(_ arguments: [Expression]) -> [NodeID]? { all(arguments.map(real)) }

  /// Each argument if it is a number, its field if it is an object.
  private func coordinates(_ field: String, of arguments: [Expression]) -> [NodeID]? {
    let nodes = arguments.map { argument -> NodeID? in
      guard let lowered = lower(argument) else { return nil }
      if case .object(let object) = lowered { return number(field, of: object, at: argument) }
      return scalar(lowered, .number, at: argument).map(widened)
    }
    return all(nodes)
  }

  /// The fields of each object.
  private func momenta(
    _ fields: [String], of arguments: [Expression], in function: String
  ) -> [[NodeID]]? {
    let momenta = arguments.map { argument -> [NodeID]? in
      switch lower(argument) {
      case nil: nil
      case .object(let object): all(fields.map { number($0, of: object, at: argument) })
      case .collection, .scalar: fail("\(function) needs an object here", at: argument)
      }
    }
    return all(momenta)
  }

  private func number(_ name: String, of object: ObjectReference, at place: Expression) -> NodeID? {
    switch field(name, of: object, at: place) {
    case nil: return nil
    case .scalar(let node) where type(of: node) != .boolean: return widened(node)
    case .scalar, .object, .collection:
      return fail("field '\(name)' of \(object.element.label) is no number", at: place)
    }
  }

  // MARK: Formulas

  private func times(_ left: NodeID, _ right: NodeID) -> NodeID {
    apply(.multiply, left, right, type: .real)
  }
  private func plus(_ left: NodeID, _ right: NodeID) -> NodeID {
    apply(.add, left, right, type: .real)
  }
  private func minus(_ left: NodeID, _ right: NodeID) -> NodeID {
    apply(.subtract, left, right, type: .real)
  }
  private func function(_ function: RealFunction, _ operand: NodeID) -> NodeID {
    apply(.function(function), operand, type: .real)
  }

  /// φ₁ − φ₂ into (−π, π].
  private func deltaPhi(_ first: NodeID, _ second: NodeID) -> NodeID {
    apply(.function2(.deltaPhi), first, second, type: .real)
  }

  /// √(Δη² + Δφ²) of two (η, φ).
  private func deltaR(_ first: [NodeID], _ second: [NodeID]) -> NodeID {
    let eta = minus(first[0], second[0])
    let phi = deltaPhi(first[1], second[1])
    return function(.sqrt, plus(times(eta, eta), times(phi, phi)))
  }

  /// √(2 pT₁ pT₂ (1 − cos Δφ)), both particles massless.
  private func transverseMass(_ arguments: [NodeID]) -> NodeID {
    let opening = minus(
      constant(.real(1), .real), function(.cos, deltaPhi(arguments[1], arguments[3])))
    let momenta = times(constant(.real(2), .real), times(arguments[0], arguments[2]))
    return function(.sqrt, times(momenta, opening))
  }

  /// Invariant mass √(E² − p²) of the sum of (pT, η, φ, m); 0 where rounding makes E² − p² < 0.
  private func mass(of momenta: [[NodeID]]) -> NodeID {
    let components = momenta.map { momentum -> [NodeID] in
      let (pt, eta, phi, m) = (momentum[0], momentum[1], momentum[2], momentum[3])
      let p = times(pt, function(.cosh, eta))
      return [
        function(.sqrt, plus(times(p, p), times(m, m))), times(pt, function(.cos, phi)),
        times(pt, function(.sin, phi)), times(pt, function(.sinh, eta)),
      ]
    }
    let total = components.dropFirst().reduce(components[0]) { zip($0, $1).map(plus) }
    let squares = total.map { times($0, $0) }
    let momentum = plus(plus(squares[1], squares[2]), squares[3])
    let zero = constant(.real(0), .real)
    return function(.sqrt, apply(.maximum, zero, minus(squares[0], momentum), type: .real))
  }
}
