// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library target of this package; its tests, where there are any, are `Tests/<name>Tests`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "SeedbedTestSupport"] + dependencies,
    swiftSettings: settings)
}

func system(_ name: String, _ pkgConfig: String, _ debianPackage: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debianPackage])])
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "seedbed",
  products: [
    .executable(name: "seedbed", targets: ["seedbed"]),
    // For the benchmarks.
    .library(
      name: "SeedbedLibraries",
      targets: [
        "SeedbedGeneration", "SeedbedScene", "SeedbedPhysics", "SeedbedPhysicsCard", "SeedbedTrials",
        "SeedbedRendering", "SeedbedGeometry",
      ]),
    .library(
      name: "SeedbedTrialLibraries",
      targets: ["SeedbedScene", "SeedbedPhysics", "SeedbedTrials", "SeedbedGeometry", "URDF"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    system("CODE", "ode", "libode-dev"),
    system("CPNG", "libpng", "libpng-dev"),
    system("CAV", "libavformat", "libavformat-dev"),
    system("CHDF5", "hdf5", "libhdf5-dev"),
    system("CZstd", "libzstd", "libzstd-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),
    .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),
    system("CCrypto", "libcrypto", "libssl-dev"),
    .systemLibrary(name: "CLinux"),
    .target(name: "CRaster"),

    module("Diagnostics"),
    module("Digest", ["CCrypto"]),
    module("SeedbedMath"),
    module("LibmNames", ["SeedbedMath"]),
    module("XML", ["Diagnostics"]),
    module("SeedbedGeometry", ["SeedbedMath", "XML", "Diagnostics"]),
    module("SeedbedRandomness", ["SeedbedMath"]),
    module("URDF", ["XML", "SeedbedGeometry", "Diagnostics"]),
    module("PNG", ["CPNG"]),
    module("Plotting", ["PNG"]),
    module(
      "SeedbedScene",
      [
        "SeedbedGeometry", "SeedbedMath", "SeedbedRandomness", "URDF", "Diagnostics", "Digest",
        "PNG", yams,
      ]),
    module(
      "SeedbedPhysics",
      ["CODE", "LibmNames", "SeedbedScene", "URDF", "SeedbedGeometry", "SeedbedMath", "Diagnostics"]),
    module("SeedbedRendering", ["CRaster", "SeedbedScene", "URDF", "SeedbedGeometry", "SeedbedMath", "PNG"]),
    module(
      "SeedbedSensing",
      ["SeedbedPhysics", "SeedbedScene", "SeedbedRandomness", "URDF", "SeedbedGeometry", "SeedbedMath"]),
    module(
      "SeedbedTrials",
      ["SeedbedSensing", "SeedbedPhysics", "SeedbedScene", "URDF", "SeedbedGeometry", "SeedbedMath"]),
    module(
      "SeedbedPhysicsCard",
      [
        "SeedbedTrials", "SeedbedPhysics", "SeedbedScene", "URDF", "SeedbedGeometry", "SeedbedMath", "Plotting", "PNG",
        "Diagnostics",
      ]),
    module("Files"),
    module("Video", ["CAV", "CLinux", "LibmNames", "Files"]),
    module("SeedbedEpisodes", ["Video", "Digest"]),
    module("SeedbedQuality", ["SeedbedEpisodes", "SeedbedScene", "SeedbedTrials", "PNG", "Plotting", "Diagnostics"]),
    module("HDF5", ["CHDF5"]),
    module("Checksum"),
    module("ProtocolBuffers"),
    module("TFRecord", ["Checksum", "Files", "ProtocolBuffers"]),
    module("MCAP", ["Checksum", "Files"]),
    module("Parquet", ["CZstd", "CSnappy", "CZlib", "Files"]),
    module("SeedbedDatasets", ["Parquet", "Video", "SeedbedEpisodes", "Digest", "Files"]),
    module(
      "SeedbedMixing",
      ["SeedbedDatasets", "SeedbedQueries", "SeedbedEpisodes", "SeedbedRandomness", "Parquet", "Video", "Diagnostics"]),
    module("SeedbedQueries", ["SeedbedDatasets", "Parquet", "Diagnostics"]),
    module(
      "SeedbedInterchange",
      [
        "SeedbedDatasets", "SeedbedEpisodes", "HDF5", "TFRecord", "MCAP", "ProtocolBuffers", "Parquet", "Video", "PNG",
        "Files",
      ]),
    module(
      "SeedbedComparison", ["SeedbedDatasets", "Video", "SeedbedMath", "Plotting", "PNG", "Diagnostics"]),
    module(
      "SeedbedMapping",
      [
        "SeedbedScene", "SeedbedEpisodes", "SeedbedDatasets", "SeedbedGeometry", "SeedbedMath", "Video", "Diagnostics",
      ]),
    module(
      "SeedbedGeneration",
      [
        "SeedbedMapping", "SeedbedScene", "SeedbedPhysics", "SeedbedPhysicsCard", "SeedbedRendering", "SeedbedTrials",
        "SeedbedEpisodes", "SeedbedQuality", "SeedbedDatasets", "SeedbedGeometry", "URDF", "PNG", "Plotting", "Video",
        "Digest",
        "Diagnostics", "CLinux", subprocess, systemPackage,
      ]),
    .executableTarget(
      name: "seedbed",
      dependencies: [
        "SeedbedGeneration", "SeedbedPhysicsCard", "SeedbedQuality", "SeedbedScene", "SeedbedDatasets",
        "SeedbedQueries",
        "SeedbedComparison", "SeedbedMixing", "SeedbedInterchange", "URDF", "Diagnostics", "CLinux", argumentParser,
      ],
      swiftSettings: settings),

    .target(
      name: "SeedbedTestSupport", dependencies: ["SeedbedScene"], path: "Tests/SeedbedTestSupport",
      swiftSettings: settings),
    tests("Diagnostics"),
    tests("Digest"),
    tests("SeedbedMath"),
    tests("LibmNames"),
    tests("XML", ["Diagnostics"]),
    tests("SeedbedGeometry"),
    tests("SeedbedRandomness"),
    tests("URDF", ["SeedbedGeometry", "Diagnostics"]),
    tests("PNG"),
    tests("SeedbedScene", ["SeedbedGeometry", "Diagnostics", "URDF", "SeedbedRandomness"]),
    tests("SeedbedPhysics", ["SeedbedGeometry", "SeedbedScene", "URDF", "SeedbedMath", "Diagnostics"]),
    tests(
      "SeedbedRendering",
      ["SeedbedGeometry", "SeedbedScene", "SeedbedMath", "URDF", "Diagnostics", "PNG", "CRaster"]),
    tests("SeedbedPhysicsCard", ["SeedbedPhysics", "SeedbedScene", "SeedbedGeometry", "URDF"]),
    tests(
      "SeedbedSensing", ["SeedbedPhysics", "SeedbedScene", "URDF", "SeedbedGeometry", "SeedbedMath", "Diagnostics"]),
    tests("SeedbedTrials", ["SeedbedGeometry", "SeedbedScene", "SeedbedPhysics", "URDF", "SeedbedMath"]),
    tests("SeedbedEpisodes"),
    tests(
      "SeedbedQuality",
      [
        "SeedbedEpisodes", "SeedbedScene", "SeedbedTrials", "SeedbedGeometry", "Diagnostics", "PNG", "Plotting",
        "Digest",
      ]),
    tests("Checksum"),
    tests("HDF5"),
    tests("TFRecord", ["ProtocolBuffers"]),
    tests("MCAP"),
    tests("Parquet"),
    tests("Video"),
    tests("SeedbedDatasets", ["SeedbedEpisodes", "Parquet", "Video"]),
    tests("SeedbedMixing", ["SeedbedDatasets", "Diagnostics"]),
    tests("SeedbedQueries", ["SeedbedDatasets", "Parquet", "Diagnostics"]),
    tests("SeedbedComparison"),
    tests(
      "SeedbedMapping", ["SeedbedEpisodes", "SeedbedDatasets", "SeedbedGeometry", "Diagnostics", "Video"]),
    tests(
      "SeedbedGeneration",
      ["SeedbedScene", "SeedbedDatasets", "SeedbedEpisodes", "SeedbedQuality", "Parquet", "Video", "Diagnostics"]),
  ],
  swiftLanguageModes: [.v6]
)
