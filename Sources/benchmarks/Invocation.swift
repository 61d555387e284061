// SPDX-License-Identifier: Apache-2.0

/// What the command line asks for.
struct Invocation {
  var files: [String] = []
  var python: String?
  var repeats = 21

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--pyhf": python = rest.popFirst()
      case "--repeats": repeats = max(1, rest.popFirst().flatMap { Int($0) } ?? repeats)
      default: files.append(argument)
      }
    }
  }
}
