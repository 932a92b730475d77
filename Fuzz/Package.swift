// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that instrumentation never enters the main one. `make fuzz` builds it.
let package = Package(
  name: "lash-fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "lash", path: "..")],
  targets: [
    .target(
      name: "FuzzTargets",
      dependencies: [
        .product(name: "LashJSON", package: "lash"), .product(name: "LashLang", package: "lash"),
        .product(name: "LashVM", package: "lash"),
        .product(name: "LashToolchain", package: "lash"),
      ]),
    .executableTarget(
      name: "fuzz",
      dependencies: ["FuzzTargets", .product(name: "LashToolchain", package: "lash")]),
  ],
  swiftLanguageModes: [.v6]
)
