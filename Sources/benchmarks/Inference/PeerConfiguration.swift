// SPDX-License-Identifier: Apache-2.0

/// A tensor backend of pyhf with an optimiser.
enum PeerConfiguration: String, CaseIterable {
  case numpyScipy = "numpy scipy"
  case numpyMinuit = "numpy minuit"
  case jaxScipy = "jax scipy"

  /// For the table: "pyhf jax+scipy".
  var label: String { "pyhf " + rawValue.replacing(" ", with: "+") }
  var arguments: [String] { rawValue.split(separator: " ").map(String.init) }
}
