// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation

/// The Hessian of −log L: a dense block over shared parameters, a small block per bin for the
/// parameters that touch only that bin, and the coupling between them.
///
/// With B the local blocks, C the coupling and S the shared block, solving costs one Cholesky
/// factorisation of S − Cᵀ B⁻¹ C instead of one of everything. Memory: shared² + local · shared.
public final class StructuredHessian {
  let layout: CurvatureLayout
  /// [stride × stride] upper triangle.
  let shared: WorkArray
  /// [local × stride]
  let coupling: WorkArray
  /// Block after block, each [n × n] row-major and full.
  let blocks: WorkArray
  /// Where each block begins in `blocks`.
  let blockOffsets: [Int]
  /// [local] where the block of a local parameter begins in `blocks`, and its diagonal element.
  private let blockOffsetByLocal: [Int]
  private let diagonalByLocal: [Int]

  private let factor: WorkArray
  private let blockFactors: WorkArray
  private let reduced: WorkArray
  private let localScratch: WorkArray
  private let sharedScratch: WorkArray
  private var isFree: [Bool] = []

  /// Zero, of the shape that the model's parameters give it.
  public init(for model: Model) {
    layout = model.structure.curvature
    let local = layout.local.count, stride = layout.stride
    shared = WorkArray(stride * stride)
    coupling = WorkArray(local * stride)
    var offsets = [0]
    var offsetByLocal: [Int] = [], diagonal: [Int] = []
    for block in 0..<layout.blockStarts.count - 1 {
      let size = layout.blockStarts[block + 1] - layout.blockStarts[block]
      offsets.append(offsets[block] + size * size)
      for i in 0..<size {
        offsetByLocal.append(offsets[block])
        diagonal.append(offsets[block] + i * size + i)
      }
    }
    blockOffsetByLocal = offsetByLocal
    diagonalByLocal = diagonal
    blockOffsets = offsets
    blocks = WorkArray(offsets[offsets.count - 1])
    factor = WorkArray(stride * stride)
    blockFactors = WorkArray(blocks.count)
    reduced = WorkArray(local * stride)
    localScratch = WorkArray(local)
    sharedScratch = WorkArray(stride)
  }

  /// Prepares solves on the free parameters with `damping` added to the diagonal.
  ///
  /// - Returns: false if that matrix is not positive definite (or has rounding for pivots).
  public func factorise(free: [Bool], damping: Double) -> Bool {
    isFree = free
    guard factoriseBlocks(damping: damping) else { return false }
    let stride = layout.stride, order = layout.shared.count
    factor.base.update(from: shared.base, count: stride * stride)
    for i in 0..<order { factor.base[i * stride + i] += damping }
    kernel_rank_update(factor.base, reduced.base, nil, layout.local.count, stride)
    for i in 0..<order where !free[Int(layout.shared[i])] {
      for j in 0..<i { factor.base[j * stride + i] = 0 }
      for j in i..<order { factor.base[i * stride + j] = 0 }
      factor.base[i * stride + i] = 1
    }
    return kernel_cholesky(factor.base, sharedScratch.base, order, stride) == 0
  }

  /// The solution of (H_free + damping) d = rhs [parameters], 0 at parameters that are not free.
  ///
  /// Call after `factorise` returned true.
  public func solve(_ rhs: [Double], into solution: inout [Double]) {
    let stride = layout.stride, order = layout.shared.count, local = layout.local.count
    for i in 0..<local {
      let slot = Int(layout.local[i])
      localScratch.base[i] = isFree[slot] ? rhs[slot] : 0
    }
    solveBlocks(transposed: true)
    for i in 0..<order {
      let slot = Int(layout.shared[i])
      sharedScratch.base[i] = isFree[slot] ? rhs[slot] : 0
    }
    for i in 0..<local {
      kernel_axpy(
        sharedScratch.base, -localScratch.base[i], reduced.base + i * stride, order)
    }
    for i in 0..<order where !isFree[Int(layout.shared[i])] { sharedScratch.base[i] = 0 }
    kernel_solve_transposed(factor.base, sharedScratch.base, order, stride)
    kernel_solve_upper(factor.base, sharedScratch.base, order, stride)
    for i in 0..<local {
      localScratch.base[i] -= kernel_dot(reduced.base + i * stride, sharedScratch.base, order)
    }
    solveBlocks(transposed: false)
    for i in 0..<order { solution[Int(layout.shared[i])] = sharedScratch.base[i] }
    for i in 0..<local { solution[Int(layout.local[i])] = localScratch.base[i] }
  }

  /// Row-major dense copy [parameters × parameters].
  public func dense() -> [Double] {
    let count = layout.position.count, stride = layout.stride
    var matrix = Array(repeating: 0.0, count: count * count)
    func set(_ i: Int32, _ j: Int32, _ value: Double) {
      matrix[Int(i) * count + Int(j)] = value
      matrix[Int(j) * count + Int(i)] = value
    }
    for i in 0..<layout.shared.count {
      for j in i..<layout.shared.count {
        set(layout.shared[i], layout.shared[j], shared[i * stride + j])
      }
      for k in 0..<layout.local.count {
        set(layout.shared[i], layout.local[k], coupling[k * stride + i])
      }
    }
    for block in 0..<layout.blockStarts.count - 1 {
      let start = layout.blockStarts[block], size = layout.blockStarts[block + 1] - start
      for i in 0..<size {
        for j in 0..<size {
          set(
            layout.local[start + i], layout.local[start + j],
            blocks[blockOffsets[block] + i * size + j])
        }
      }
    }
    return matrix
  }
}

extension StructuredHessian {
  /// Cholesky factors (lower, L Lᵀ) of the damped local blocks, and reduced = L⁻¹ C.
  private func factoriseBlocks(damping: Double) -> Bool {
    let stride = layout.stride, order = layout.shared.count
    reduced.base.update(from: coupling.base, count: coupling.count)
    for block in 0..<layout.blockStarts.count - 1 {
      let start = layout.blockStarts[block], size = layout.blockStarts[block + 1] - start
      let lower = blockFactors.base + blockOffsets[block]
      let source = blocks.base + blockOffsets[block]
      for i in 0..<size {
        let row = reduced.base + (start + i) * stride
        if !isFree[Int(layout.local[start + i])] {
          row.update(repeating: 0, count: stride)
          for j in 0..<i { lower[i * size + j] = 0 }
          lower[i * size + i] = 1
          continue
        }
        let original = source[i * size + i] + damping
        var pivot = original
        for j in 0..<i {
          var sum = isFree[Int(layout.local[start + j])] ? source[i * size + j] : 0
          for k in 0..<j { sum -= lower[i * size + k] * lower[j * size + k] }
          sum /= lower[j * size + j]
          lower[i * size + j] = sum
          pivot -= sum * sum
          if sum != 0 { kernel_axpy(row, -sum, reduced.base + (start + j) * stride, order) }
        }
        guard pivot > 1e-14 * abs(original), pivot < .infinity else { return false }
        lower[i * size + i] = pivot.squareRoot()
        let scale = 1 / pivot.squareRoot()
        for k in 0..<order { row[k] *= scale }
      }
    }
    return true
  }

  /// localScratch = L⁻¹ localScratch, or L⁻ᵀ.
  private func solveBlocks(transposed forward: Bool) {
    for block in 0..<layout.blockStarts.count - 1 {
      let start = layout.blockStarts[block], size = layout.blockStarts[block + 1] - start
      let lower = blockFactors.base + blockOffsets[block], x = localScratch.base + start
      if forward {
        for i in 0..<size {
          for j in 0..<i { x[i] -= lower[i * size + j] * x[j] }
          x[i] /= lower[i * size + i]
        }
      } else {
        for i in stride(from: size - 1, through: 0, by: -1) {
          for j in i + 1..<size { x[i] -= lower[j * size + i] * x[j] }
          x[i] /= lower[i * size + i]
        }
      }
    }
  }
}

extension StructuredHessian {
  /// Where the block that begins with a local parameter begins in `blocks`.
  func blockOffset(ofLocal start: Int) -> Int { blockOffsetByLocal[start] }

  func addDiagonal(_ slot: Int, _ value: Double) {
    let position = Int(layout.position[slot])
    if position >= 0 {
      shared[position * layout.stride + position] += value
    } else {
      blocks[diagonalByLocal[-1 - position]] += value
    }
  }
}
