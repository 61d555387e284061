// SPDX-License-Identifier: Apache-2.0

/// The mean of all elements.
public func mean(_ x: Variable) -> Variable { 1 / Double(x.count) * sum(x) }

/// log Σ exp(xᵢ), without overflow.
public func logSumExp(_ x: Variable) -> Variable {
  x.builder.apply(LogSumExp(), to: [x])
}

/// The elements of several vectors one after the other.
public func concatenate(_ variables: [Variable]) -> Variable {
  guard let first = variables.first else { preconditionFailure("nothing to concatenate") }
  return first.builder.apply(Concatenation(), to: variables)
}

/// Sums of the first 1, 2, …, count elements [count].
public func cumulativeSum(_ x: Variable) -> Variable { x.builder.apply(CumulativeSum(), to: [x]) }

private struct LogSumExp: TwiceDifferentiable {
  var name: String { "log sum exp" }

  func resultCount(of counts: [Int]) -> Int? { counts.count == 1 && counts[0] > 0 ? 1 : nil }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    let x = operands[0]
    var top = -Double.infinity, sum = 0.0
    for number in x where !(number <= top) { top = number }
    for number in x { sum += ElementaryFunction.exp.value(number - top) }
    result[0] = top + ElementaryFunction.log.value(sum)
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let x = operands[0], toX = adjoints[0]
    for i in x.indices { toX[i] += adjoint[0] * share(x[i], result[0]) }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    let x = operands[0], along = tangents[0]
    tangent[0] = x.indices.reduce(0) { $0 + share(x[$1], result[0]) * along[$1] }
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    let x = operands[0], along = tangents[0], toX = adjointTangents[0]
    for i in x.indices {
      let turn = adjoint.value[0] * (along[i] - result.tangent[0])
      toX[i] += share(x[i], result.value[0]) * (adjoint.tangent[0] + turn)
    }
  }

  /// One element's part of the sum.
  private func share(_ x: Double, _ total: Double) -> Double {
    ElementaryFunction.exp.value(x - total)
  }
}

private struct Concatenation: LinearPrimitive {
  var name: String { "concatenate" }

  func resultCount(of counts: [Int]) -> Int? { counts.reduce(0, +) }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    var next = 0
    for index in 0..<operands.count {
      for number in operands[index] {
        result[next] = number
        next += 1
      }
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    var next = 0
    for index in 0..<operands.count {
      let target = adjoints[index]
      for i in target.indices {
        target[i] += adjoint[next]
        next += 1
      }
    }
  }
}

private struct CumulativeSum: LinearPrimitive {
  var name: String { "cumulative sum" }

  func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? counts[0] : nil }

  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
    var total = 0.0
    for (i, number) in operands[0].enumerated() {
      total += number
      result[i] = total
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    var total = 0.0
    let toX = adjoints[0]
    for i in adjoint.indices.reversed() {
      total += adjoint[i]
      toX[i] += total
    }
  }
}
