// SPDX-License-Identifier: Apache-2.0

/// A shell in the program's process group that kills the group when this process is no more.
///
/// The shell's standard input is a pipe that only this process can write to and never does. The
/// pipe ends when the program has ended or when this process dies, however it dies; then the
/// guardian, which ignores polite signals, kills its own group. Linux' parent-death signal does not
/// serve: it follows the thread that started the child, and reaches no grandchildren.
///
/// The script is a constant; program and arguments are handed over as an argument array.
enum Guardian {
  static let shell = "/bin/sh"

  private static let script = """
    exec 3<&0 </dev/null
    (trap '' HUP INT TERM; exec >/dev/null 2>&1; read line <&3; kill -KILL 0) &
    exec 3<&-
    exec "$@"
    """

  static func arguments(for executable: String, _ arguments: some Sequence<String>) -> [String] {
    ["-c", script, "program", executable] + arguments
  }
}
