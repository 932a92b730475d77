// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "lash",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "LashJSON", targets: ["LashJSON"]),
    .library(name: "LashLang", targets: ["LashLang"]),
    .library(name: "LashVM", targets: ["LashVM"]),
    .library(name: "LashToolchain", targets: ["LashToolchain"]),
    .executable(name: "lashc", targets: ["lashc"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "LashJSON"),
    .target(name: "LashLang", dependencies: ["LashJSON"]),
    .target(
      name: "LashVM", dependencies: ["LashLang", "LashJSON"],
      // Rounding calls the C library where the processor has no instruction for it.
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "LashToolchain", dependencies: ["LashVM", "LashLang", "LashJSON"]),
    .executableTarget(
      name: "lashc",
      dependencies: [
        "LashToolchain",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "LashJSONTests", dependencies: ["LashJSON"]),
    .testTarget(name: "LashLangTests", dependencies: ["LashLang"]),
    .testTarget(name: "LashVMTests", dependencies: ["LashVM", "LashLang", "LashToolchain"]),
    .testTarget(
      name: "LashToolchainTests",
      dependencies: ["LashToolchain", "LashVM", "LashLang", "LashJSON", "lashc"]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["LashToolchain", "LashVM", "LashLang", "LashJSON"]),
    // The fuzz targets themselves, a link to those of the package `Fuzz`.
    .testTarget(
      name: "FuzzTests", dependencies: ["LashToolchain", "LashVM", "LashLang", "LashJSON"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
