// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// What a registration or an import did, for people.
enum RegistrationText {
  static func lines(_ report: RegistrationReport, verb: String) -> [String] {
    let name = "\(report.analysis)@\(report.version)"
    let short = report.fingerprint.prefix(12)
    guard report.isNew else { return ["\(name)  \(short)  was there already, nothing changed"] }
    let files = report.files.count == 1 ? "1 file" : "\(report.files.count) files"
    return ["\(name)  \(short)  \(verb) with \(files): \(report.title)"]
  }
}
