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
        // LMDB by its C functions, for the benchmarks that compare with it.
        .systemLibrary(
            name: "CBaselineLMDB",
            pkgConfig: "lmdb",
            providers: [.apt(["liblmdb-dev"])]
        ),
        // The client of `Tools/bench --load`: sockets only, so that the server has the cores.
        .executableTarget(
            name: "stepwell-load",
            swiftSettings: [.swiftLanguageMode(.v6)]
        ),
        .executableTarget(
            name: "stepwell-bench",
            dependencies: [
                "CBaselineLMDB", .product(name: "Stepwell", package: "stepwell"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ]
        ),
    ]
)
