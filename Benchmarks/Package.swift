// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what it needs never enters the main one.
let package = Package(
  name: "lash-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "lash", path: "..")],
  targets: [
    .executableTarget(
      name: "lash-bench",
      dependencies: [
        .product(name: "LashJSON", package: "lash"), .product(name: "LashLang", package: "lash"),
        .product(name: "LashVM", package: "lash"),
        .product(name: "LashToolchain", package: "lash"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
