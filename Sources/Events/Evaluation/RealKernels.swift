// SPDX-License-Identifier: Apache-2.0
import CKernels

/// Loops over real numbers that the processor's widest vectors do.
enum RealKernels {
  typealias Arithmetic = (
    UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?, Int
  ) -> Void

  /// A number of each two elements; nil where one of the operands stands for all elements.
  static func combined(
    _ a: Operand<Double>, _ b: Operand<Double>, count: Int, _ kernel: Arithmetic
  ) -> [Double]? {
    guard !a.isUniform, !b.isUniform else { return nil }
    precondition(a.values.count >= count && b.values.count >= count)
    return Array(unsafeUninitializedCapacity: count) { result, size in
      a.withBuffer { a in
        b.withBuffer { b in
          kernel(result.baseAddress, a.baseAddress, b.baseAddress, count)
        }
      }
      size = count
    }
  }

  /// φ₁ − φ₂ into (−π, π] of each two elements; NaN if either is not finite.
  static func azimuthalDifferences(
    _ a: Operand<Double>, _ b: Operand<Double>, count: Int
  ) -> [Double] {
    if a.isUniform { return map(a, b, count: count, azimuthalDifference) }
    precondition(a.values.count >= count && (b.isUniform || b.values.count >= count))
    return Array(unsafeUninitializedCapacity: count) { result, size in
      a.withBuffer { a in
        b.withBuffer { other in
          kernel_azimuthal_difference(
            result.baseAddress, a.baseAddress, b.isUniform ? nil : other.baseAddress,
            b.isUniform ? b[0] : 0, count)
        }
      }
      size = count
    }
  }

  /// The values at some indices, all of which are there.
  static func taken(_ values: ArraySlice<Double>, at indices: [Int32]) -> [Double] {
    Array(unsafeUninitializedCapacity: indices.count) { result, size in
      values.withUnsafeBufferPointer {
        kernel_take(result.baseAddress, $0.baseAddress, indices, indices.count)
      }
      size = indices.count
    }
  }

  typealias SegmentKernel = (
    UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Int32>?, Int
  ) -> Void

  /// One value of each list.
  static func folded(
    _ values: ArraySlice<Double>, over segments: Segments, _ kernel: SegmentKernel
  ) -> [Double] {
    precondition(values.count >= segments.count)
    return Array(unsafeUninitializedCapacity: segments.parentCount) { result, size in
      values.withUnsafeBufferPointer { values in
        segments.offsets.withUnsafeBufferPointer {
          kernel(result.baseAddress, values.baseAddress, $0.baseAddress, segments.parentCount)
        }
      }
      size = segments.parentCount
    }
  }

  /// Whether a comparison holds. NaN is unequal to everything and neither less nor greater, as
  /// IEEE 754 has it.
  static func compared(
    _ comparison: ComparisonOperator, _ a: Operand<Double>, _ b: Operand<Double>, count: Int
  ) -> [Bool] {
    if comparison == .notEqual { return Flags.not(compared(.equal, a, b, count: count)[...]) }
    if b.isUniform {
      return against(b[0], a, count: count, constantKernel(of: comparison))
    }
    if a.isUniform {
      return against(a[0], b, count: count, constantKernel(of: comparison.mirrored))
    }
    precondition(a.values.count >= count && b.values.count >= count)
    let kernel = kernel(of: comparison)
    return Array(unsafeUninitializedCapacity: count) { result, size in
      a.withBuffer { a in
        b.withBuffer { b in
          kernel(Flags.bytes(result), a.baseAddress, b.baseAddress, count)
        }
      }
      size = count
    }
  }

  private typealias Comparison = (
    UnsafeMutablePointer<UInt8>?, UnsafePointer<Double>?, UnsafePointer<Double>?, Int
  ) -> Void
  private typealias ConstantComparison = (
    UnsafeMutablePointer<UInt8>?, UnsafePointer<Double>?, Double, Int
  ) -> Void

  private static func against(
    _ constant: Double, _ operand: Operand<Double>, count: Int, _ kernel: ConstantComparison
  ) -> [Bool] {
    let count = operand.isUniform ? 1 : count
    precondition(operand.values.count >= count)
    return Array(unsafeUninitializedCapacity: count) { result, size in
      operand.withBuffer {
        kernel(Flags.bytes(result), $0.baseAddress, constant, count)
      }
      size = count
    }
  }

  private static func kernel(of comparison: ComparisonOperator) -> Comparison {
    switch comparison {
    case .equal, .notEqual: kernel_equal
    case .less: kernel_less
    case .lessOrEqual: kernel_less_or_equal
    case .greater: kernel_greater
    case .greaterOrEqual: kernel_greater_or_equal
    }
  }

  private static func constantKernel(of comparison: ComparisonOperator) -> ConstantComparison {
    switch comparison {
    case .equal, .notEqual: kernel_equal_constant
    case .less: kernel_less_constant
    case .lessOrEqual: kernel_less_or_equal_constant
    case .greater: kernel_greater_constant
    case .greaterOrEqual: kernel_greater_or_equal_constant
    }
  }
}

extension ComparisonOperator {
  /// What holds between the operands the other way around.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
