// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation

/// Standard output for what was asked, standard error for everything else.
package enum Terminal {
  static func say(_ text: String) { write(text + "\n", to: .standardOutput) }

  /// A document with its own line ends.
  static func say(whole text: String) { write(text, to: .standardOutput) }

  static func complain(_ text: String) { write(text + "\n", to: .standardError) }

  /// What a file that was made doesn't hold.
  static func complain(omissions: [String]) {
    for omission in omissions { complain("Left out: \(omission)") }
  }

  static func write(_ text: String, to handle: FileHandle) {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      // A reader that went away (`reprise list | head -1`) is no failure of ours; a full disk is,
      // and where standard error fails there is nobody left to tell.
      guard handle.fileDescriptor == STDOUT_FILENO, cause?.code != Int(EPIPE) else { return }
      let reason =
        cause.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
      complain("Standard output can't be written: \(reason). Free space, or choose another file.")
      exit(Exit.code(for: .failed))
    }
  }

  /// Whether progress can be shown.
  static var hasProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Columns of the terminal on standard output; nil in a pipe.
  package static var width: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
