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
    .library(name: "LashREPL", targets: ["LashREPL"]),
    .executable(name: "lashc", targets: ["lashc"]),
    .executable(name: "lash-repl", targets: ["lash-repl"]),
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
    // The session behind a prompt: no terminal, no files.
    .target(
      name: "LashREPL", dependencies: ["LashToolchain", "LashVM", "LashLang", "LashJSON"]),
    // Files, terminals and clocks, for the executables.
    .target(name: "LashSystem"),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .executableTarget(
      name: "lash-repl",
      dependencies: [
        "CReadline", "LashREPL", "LashLang", "LashJSON", "LashSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "lashc",
      dependencies: [
        "LashToolchain", "LashSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "LashJSONTests", dependencies: ["LashJSON"]),
    .testTarget(name: "LashLangTests", dependencies: ["LashLang"]),
    .testTarget(name: "LashVMTests", dependencies: ["LashVM", "LashLang", "LashToolchain"]),
    .testTarget(
      name: "LashToolchainTests",
      dependencies: ["LashToolchain", "LashVM", "LashLang", "LashJSON", "lashc"]),
    .testTarget(name: "LashREPLTests", dependencies: ["LashREPL", "LashSystem", "lash-repl"]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["LashToolchain", "LashVM", "LashLang", "LashJSON"]),
    // The fuzz targets themselves, a link to those of the package `Fuzz`.
    .testTarget(
      name: "FuzzTests", dependencies: ["LashToolchain", "LashVM", "LashLang", "LashJSON"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
