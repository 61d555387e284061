// SPDX-License-Identifier: Apache-2.0

/// Why an operation has no result: the end of the sentence of a `TapeFailure`.
struct Refusal: Error, CustomStringConvertible { let description: String }
