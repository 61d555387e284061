// SPDX-License-Identifier: Apache-2.0

/// x · y of plain numbers, one after the other: the same on every machine.
func dot(_ x: some Sequence<Double>, _ y: some Sequence<Double>) -> Double {
  zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
}
