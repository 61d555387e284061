// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing
import Workflow

/// A version travels from one registry to another with its files and is the same version there.
@Suite struct BundleTests {
  private func withBundle(_ work: (URL, String, RegistrationReport) async throws -> Void)
    async throws
  {
    try await TemporaryFolder.use { folder in
      let analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"))
      let here = Reinterpreter(
        registry: folder.appendingPathComponent("here"), catalog: .test)
      let registered = try here.register(analysis.folder.path)
      let signal = try analysis.signal("new", yields: "[5, 5]")
      _ = try await here.reinterpret("toy", signals: [signal])
      let bundle = folder.appendingPathComponent("toy.reprise").path
      let report = try here.export("toy@1", to: bundle)
      #expect(report.fingerprint == registered.fingerprint)
      #expect(report.version == 1)
      try await work(folder, bundle, registered)
    }
  }

  @Test func arrivesWhole() async throws {
    try await withBundle { folder, bundle, registered in
      let there = Reinterpreter(
        registry: folder.appendingPathComponent("there"), catalog: .test)
      let imported = try there.importBundle(bundle)
      #expect(imported.isNew)
      #expect(imported.fingerprint == registered.fingerprint)
      #expect(imported.files == registered.files)
      #expect(try await there.verify("toy").isPassed)
      #expect(try !there.importBundle(bundle).isNew)
    }
  }

  @Test func nothingIsOverwritten() async throws {
    try await withBundle { folder, bundle, _ in
      let here = Reinterpreter(
        registry: folder.appendingPathComponent("here"), catalog: .test)
      let before = try Data(contentsOf: URL(fileURLWithPath: bundle))
      let failure = #expect(throws: Failure.self) { try here.export("toy", to: bundle) }
      #expect(failure?.kind == .refused)
      #expect(try Data(contentsOf: URL(fileURLWithPath: bundle)) == before)
    }
  }

  @Test func whatIsNoBundleIsRefused() async throws {
    try await withBundle { folder, bundle, _ in
      let there = Reinterpreter(
        registry: folder.appendingPathComponent("there"), catalog: .test)
      let whole = try Data(contentsOf: URL(fileURLWithPath: bundle))
      let broken = folder.appendingPathComponent("broken.reprise")
      for bytes in [Data(), Data("text".utf8), whole.prefix(whole.count / 2)] {
        try bytes.write(to: broken)
        #expect(throws: Failure.self) { try there.importBundle(broken.path) }
      }
      #expect(throws: Failure.self) { try there.importBundle(folder.path + "/nothing") }
    }
  }
}
