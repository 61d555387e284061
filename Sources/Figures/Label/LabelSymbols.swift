// SPDX-License-Identifier: Apache-2.0

/// The words that follow a backslash in a label.
enum LabelSymbols {
  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "pm": "±", "times": "×", "cdot": "·", "to": "→", "ell": "ℓ", "infty": "∞",
    "leq": "≤", "geq": "≥", "approx": "≈", "sum": "∑",
  ]

  /// Marks that are set on the letter before them.
  static let accents: [String: String] = [
    "tilde": "\u{303}", "bar": "\u{305}", "hat": "\u{302}",
  ]
}
