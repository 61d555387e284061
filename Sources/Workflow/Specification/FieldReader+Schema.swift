// SPDX-License-Identifier: Apache-2.0

extension FieldReader {
  /// Checks that the file begins with `schema: 1`, so that a later layout can be told from this one
  /// before anything else is read.
  public func schema() {
    guard let first = node.fields?.first else {
      _ = self.node("schema")
      return
    }
    guard let version = self.node("schema") else {
      diagnostics.error("'schema' is missing; the file must begin with 'schema: 1'", at: node)
      return
    }
    if first.key != "schema" {
      diagnostics.error("'schema: 1' must come first in the file", atKeyOf: version)
    }
    if let number = version.int(diagnostics), number != 1 {
      diagnostics.error(
        "schema \(number) is not known to this program, which reads schema 1", at: version)
    }
  }
}
