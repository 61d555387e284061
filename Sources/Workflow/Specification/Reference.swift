// SPDX-License-Identifier: Apache-2.0

/// Where an input comes from.
public enum Reference: Sendable, Hashable, Codable {
  /// A part of the signal: `signal.events`.
  case signal(String)
  /// A file of the analysis: `file.data/background.json`.
  case file(String)
  /// What another step makes: `select.yields`.
  case output(step: String, name: String)

  /// A reference as it is written; nil when there is nothing before or after the first dot.
  public init?(_ text: String) {
    guard let dot = text.firstIndex(of: ".") else { return nil }
    let head = String(text[..<dot])
    let rest = String(text[text.index(after: dot)...])
    guard !head.isEmpty, !rest.isEmpty else { return nil }
    switch head {
    case "signal": self = .signal(rest)
    case "file": self = .file(rest)
    default: self = .output(step: head, name: rest)
    }
  }
}

extension Reference: CustomStringConvertible {
  /// As it is written.
  public var description: String {
    switch self {
    case .signal(let part): "signal.\(part)"
    case .file(let path): "file.\(path)"
    case .output(let step, let name): "\(step).\(name)"
    }
  }
}
