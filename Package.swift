// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
/// Its paths are what `Subprocess` takes.
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A library target and the tests that belong to it: an arrow of the design is a line here,
/// and nothing else can be imported. fixtures: folders of the tests that hold files they read.
func module(
  _ name: String, _ dependencies: Target.Dependency..., testing: [Target.Dependency] = [],
  fixtures: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: name + "Tests", dependencies: [.target(name: name)] + dependencies + testing,
      exclude: fixtures, swiftSettings: settings),
  ]
}

let physics =
  [
    .target(name: "CKernels"),
    .systemLibrary(
      name: "CCompression",
      providers: [.apt(["zlib1g-dev", "libzstd-dev", "liblz4-dev", "liblzma-dev"])]),
  ]
  + module("Differentiation", "CKernels")
  + module("Histograms")
  + module(
    "Events", "Histograms", "Differentiation", "CKernels", "CCompression", fixtures: ["Fixtures"])
  + module("HistFactory", "Differentiation", "CKernels", fixtures: ["Fixtures"])
  + module("Inference", "HistFactory", "Differentiation", "CKernels")
  + module("Sampling", "CKernels")
  + module("Figures", fixtures: ["Golden"])
  + [
    .testTarget(
      name: "PyhfTests", dependencies: ["Inference", "HistFactory"], exclude: ["Peer"],
      swiftSettings: settings),
    .executableTarget(
      name: "benchmarks",
      dependencies: ["Sampling", "Inference", "HistFactory", "Events", "Histograms"],
      swiftSettings: settings),
  ]

let preservation =
  module("Artifacts", crypto)
  + module("Workflow", "Artifacts", yams)
  + module("Preservation", "Workflow", "Artifacts", grdb)
  + module(
    "Scheduling", "Preservation", "Workflow", "Artifacts", logging, subprocess, systemPackage,
    testing: [grdb])

let product =
  module("Steps", "Workflow", "Artifacts", "Events", "Histograms", "HistFactory", "Inference")
  + module(
    "Reinterpretation", "Sampling", "Figures", "Steps", "Scheduling", "Preservation", "Workflow",
    "Artifacts", "Inference", "HistFactory", "Histograms", "Events")
  + [
    .executableTarget(
      name: "reprise", dependencies: ["Reinterpretation", argumentParser], swiftSettings: settings),
    .testTarget(
      name: "RepriseTests", dependencies: ["reprise", "Reinterpretation"], exclude: ["Golden"],
      swiftSettings: settings),
  ]

/// `make docs` alone needs the plugin; everybody else is spared its download.
let documentation: [Package.Dependency] =
  Context.environment["REPRISE_DOCUMENTATION"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")]

let package = Package(
  name: "reprise",
  products: [
    .executable(name: "reprise", targets: ["reprise"]),
    .library(name: "Reinterpretation", targets: ["Reinterpretation"]),
    .library(name: "Inference", targets: ["Inference"]),
    .library(name: "Sampling", targets: ["Sampling"]),
    .library(name: "Figures", targets: ["Figures"]),
    .library(name: "HistFactory", targets: ["HistFactory"]),
    .library(name: "Events", targets: ["Events"]),
    .library(name: "Histograms", targets: ["Histograms"]),
    .library(name: "Differentiation", targets: ["Differentiation"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ] + documentation,
  targets: physics + preservation + product
)
