// swift-tools-version: 6.2
import PackageDescription

/// The benchmarks, apart from the package they measure so that nobody else builds them.
///
/// They see what an embedding service sees: the public API.
let package = Package(
    name: "stepwell-benchmarks",
    dependencies: [
        .package(name: "stepwell", path: "..", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "stepwell-bench",
            dependencies: [.product(name: "Stepwell", package: "stepwell")],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
                .treatAllWarnings(as: .error),
            ]
        )
    ]
)
