// SPDX-License-Identifier: Apache-2.0

/// What a node of the program computes from its operands, element by element unless it says
/// otherwise.
enum Operation: Hashable, Sendable {
  // Leaves
  case boolean(Bool)
  case integer(Int64)
  case real(Double)
  /// A declared column, by its declared name.
  case column(String)

  // Numbers
  /// Integer to real.
  case widen
  case negate, absolute
  case add, subtract, multiply, minimum, maximum
  /// Reals only.
  case divide
  /// Integers only; missing if the divisor is 0.
  case remainder
  case function(RealFunction)
  case function2(RealFunction2)
  /// A table's number at one or two numbers.
  case table(String)
  /// A random number of each element, the same whenever it is asked for.
  case random(RandomNumber, stream: Int64, of: String?)

  // Conditions
  case compare(ComparisonOperator)
  case and, or, not
  /// The first operand where it is there, else the second.
  case coalesce
  /// By the first operand, the second or the third.
  case select
  case exists

  // Between spaces
  /// The operand of the parent element, for each element.
  case broadcast
  /// The operand, in the space this space was made from, of the element this one was made from.
  case gather
  /// Of an element of a space of pairs: the index of its first or second member in the space the
  /// pairs are made of.
  case member(PairMember)
  /// Operand k: the index of the parent's element number k, from the end if k < 0; missing if
  /// there is none.
  case position(in: SpaceID)
  /// Operands v and p: v of the element with index p.
  case take(from: SpaceID)
  /// How many elements each parent has.
  case size(of: SpaceID)
  /// One value for each parent from those of its elements.
  case reduce(Reduction, over: SpaceID)
}

enum PairMember: String, Hashable, Sendable { case first, second }

/// Functions of one real number. The raw value is the name in the language.
enum RealFunction: String, Hashable, Sendable, CaseIterable {
  case sqrt, exp, log, log10, sin, cos, tan, sinh, cosh, floor
}

/// Functions of two real numbers. The raw value is the name in the language.
enum RealFunction2: String, Hashable, Sendable, CaseIterable {
  case atan2
  /// `a ** b`
  case power
  case deltaPhi
}

/// Random numbers. The raw value is the name in the language.
enum RandomNumber: String, Hashable, Sendable, CaseIterable {
  /// In [0, 1).
  case uniform
  /// Of mean 0 and variance 1.
  case gauss
}

/// How the values of a parent's elements become one. A missing element makes it missing, except
/// that `any` and `all` follow Kleene's logic.
enum Reduction: Hashable, Sendable {
  case any, all
  /// How many are true.
  case count
  case sum
  case product
  /// Probability that exactly, or at least, so many elements have what each has with its own
  /// probability, independently.
  case exactly(Int)
  case atLeast(Int)
  /// Missing for no elements; NaN if one of them is.
  case minimum, maximum
  /// Position among the parent's elements; the first of equals; NaN is never chosen.
  case argumentOfMinimum, argumentOfMaximum
  /// Index (in the space) of the first element for which the operand is true.
  case firstTrue
}
