// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds Seedbed builds its benchmarks.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "seedbed", path: "..")],
  targets: [
    .systemLibrary(name: "CLibAV", pkgConfig: "libavcodec", providers: [.apt(["libavcodec-dev"])]),
    .executableTarget(
      name: "EpisodeCost",
      dependencies: ["CLibAV", .product(name: "SeedbedLibraries", package: "seedbed")]),
    .executableTarget(
      name: "PhysicsCost",
      dependencies: [.product(name: "SeedbedLibraries", package: "seedbed")]),
    // Headers and library come from the PyPI wheel: see run.sh.
    .systemLibrary(name: "CMuJoCo"),
    .executableTarget(
      name: "PhysicsPeer",
      dependencies: ["CMuJoCo", .product(name: "SeedbedTrialLibraries", package: "seedbed")]),
    .executableTarget(name: "OvernightCost"),
  ],
  swiftLanguageModes: [.v6]
)
