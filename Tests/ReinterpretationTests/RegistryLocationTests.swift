// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing

/// --registry, then REPRISE_REGISTRY, then ./registry, then the user's data folder.
@Suite struct RegistryLocationTests {
  private func path(
    _ option: String?, _ environment: [String: String], in folder: String
  ) -> String {
    RegistryLocation.resolve(
      option: option, environment: environment, currentDirectory: folder
    ).path
  }

  @Test func order() throws {
    try TemporaryFolder.use { folder in
      let here = folder.resolvingSymlinksInPath().path
      let environment = ["REPRISE_REGISTRY": "/named", "HOME": "/home/ada"]
      #expect(path("/given", environment, in: here) == "/given")
      #expect(path("given", environment, in: here) == here + "/given")
      #expect(path(nil, environment, in: here) == "/named")
      #expect(path(nil, ["HOME": "/home/ada"], in: here) == "/home/ada/.local/share/reprise")
      #expect(
        path(nil, ["HOME": "/home/ada", "XDG_DATA_HOME": "/data"], in: here) == "/data/reprise")
      #expect(
        path(nil, ["HOME": "/home/ada", "REPRISE_REGISTRY": ""], in: here)
          == "/home/ada/.local/share/reprise")
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("registry"), withIntermediateDirectories: false)
      #expect(path(nil, ["HOME": "/home/ada"], in: here) == here + "/registry")
    }
  }
}
