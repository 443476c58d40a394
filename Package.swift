// swift-tools-version: 6.2
import PackageDescription

/// The settings every target of this package is built with (see CONTRIBUTING.md, "Settings").
///
/// Warnings are errors in the gate (`Tools/warnings`), and not to who builds the package with
/// another compiler.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Row 2, the LMDB wrapper: the only target that touches C memory.
let strictMemory: [SwiftSetting] =
    strict + [.strictMemorySafety(), .enableExperimentalFeature("Lifetimes")]

/// The HTTP stack is behind the trait `Server`; a package that embeds Stepwell asks for no traits
/// (`traits: []`) and neither resolves nor builds it.
let server: TargetDependencyCondition? = .when(traits: ["Server"])

/// SHA-2, HMAC and their like, which half of the modules need.
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "stepwell",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "Stepwell", targets: ["Stepwell"]),
        .library(name: "StepwellTesting", targets: ["StepwellTesting"]),
        .library(name: "StepwellServer", targets: ["StepwellServer", "StepwellConsole"]),
        .executable(name: "sfnctl", targets: ["sfnctl"]),
    ],
    traits: [
        .trait(name: "Server", description: "The AWS-compatible HTTP server and sfnctl."),
        .default(enabledTraits: ["Server"]),
    ],
    // `Package.resolved` is not kept: its revisions are those of whatever mirror was asked. Ranges
    // say what may be resolved: from what the tests run with, up to the next minor version where
    // an update can change what users see (the help; what YAML means; what is asked again), else
    // to the next major one: digests, collections, what a service shares with all its libraries.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", "1.8.2"..<"1.9.0"),
        .package(url: "https://github.com/apple/swift-collections", "1.6.0"..<"2.0.0"),
        .package(url: "https://github.com/apple/swift-crypto", "4.5.2"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", "1.7.3"..<"2.0.0"),
        .package(url: "https://github.com/apple/swift-log", "1.16.2"..<"2.0.0"),
        .package(url: "https://github.com/apple/swift-metrics", "2.13.0"..<"3.0.0"),
        .package(url: "https://github.com/apple/swift-nio", "2.101.2"..<"3.0.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", "2.37.6"..<"3.0.0"),
        .package(url: "https://github.com/jpsim/Yams", "6.2.2"..<"6.3.0"),
        .package(url: "https://github.com/swift-server/async-http-client", "1.37.0"..<"1.38.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle",
            "2.13.0"..<"3.0.0"
        ),
    ],
    targets: [
        // Row 0: pure.
        .target(name: "StepwellJSON"),
        .target(name: "StepwellJSONPath", dependencies: ["StepwellJSON"]),
        .target(name: "StepwellJSONata", dependencies: ["StepwellJSON", crypto]),
        .target(
            name: "StepwellIntrinsics",
            dependencies: ["StepwellJSON", "StepwellJSONPath", crypto]
        ),
        .target(name: "StepwellHistory", dependencies: ["StepwellJSON", crypto]),
        .target(
            name: "StepwellLanguage",
            dependencies: [
                "StepwellJSON", "StepwellJSONPath", "StepwellJSONata", "StepwellIntrinsics",
            ]
        ),
        .target(
            name: "StepwellInterpreter",
            dependencies: [
                "StepwellJSON", "StepwellJSONPath", "StepwellJSONata", "StepwellIntrinsics",
                "StepwellHistory", "StepwellLanguage",
                crypto,
            ]
        ),
        .target(
            name: "StepwellReplay",
            dependencies: [
                "StepwellJSON", "StepwellHistory", "StepwellLanguage", "StepwellInterpreter",
            ]
        ),
        .target(name: "StepwellGraph", dependencies: ["StepwellJSON", "StepwellLanguage"]),
        // Row 1: the engine, which declares the ports.
        .target(
            name: "StepwellEngine",
            dependencies: [
                "StepwellJSON", "StepwellHistory", "StepwellLanguage", "StepwellInterpreter",
                "StepwellReplay",
                crypto,
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        // Row 2: adapters.
        .systemLibrary(
            name: "CLMDB",
            pkgConfig: "lmdb",
            providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]
        ),
        .target(name: "StepwellLMDB", dependencies: ["CLMDB"], swiftSettings: strictMemory),
        .target(
            name: "StepwellStore",
            dependencies: [
                "StepwellEngine", "StepwellHistory", "StepwellLMDB",
                crypto,
            ]
        ),
        .target(
            name: "StepwellTriggers",
            dependencies: [
                "StepwellEngine", "StepwellHistory", "StepwellInterpreter", "StepwellJSON",
                "StepwellJSONPath", "StepwellJSONata",
                crypto,
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]
        ),
        .target(
            name: "StepwellIntegrations",
            dependencies: [
                "StepwellEngine", "StepwellHistory", "StepwellInterpreter", "StepwellJSON",
                "StepwellLanguage",
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: server),
                crypto,
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: server),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: server),
                .product(name: "NIOPosix", package: "swift-nio", condition: server),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: server),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        // Row 3: what an embedding service imports.
        .target(
            name: "Stepwell",
            dependencies: [
                "StepwellEngine", "StepwellHistory", "StepwellInterpreter", "StepwellJSON",
                "StepwellLanguage", "StepwellReplay", "StepwellStore", "StepwellTriggers",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        // Row 4: surfaces.
        .target(
            name: "StepwellTesting",
            dependencies: [
                "Stepwell", "StepwellEngine", "StepwellHistory", "StepwellInterpreter",
                "StepwellJSON", "StepwellLanguage", "StepwellReplay", "StepwellStore",
            ]
        ),
        .target(
            name: "StepwellTemplates",
            dependencies: ["Stepwell", "StepwellEngine", "StepwellIntegrations", "StepwellJSON"]
        ),
        .target(
            name: "StepwellSuites",
            dependencies: [
                "StepwellEngine", "StepwellHistory", "StepwellIntegrations",
                "StepwellInterpreter", "StepwellJSON", "StepwellJSONata", "StepwellLanguage",
                "StepwellTesting",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "StepwellServer",
            dependencies: [
                "Stepwell", "StepwellEngine", "StepwellHistory", "StepwellInterpreter",
                "StepwellJSON", "StepwellLanguage", "StepwellReplay", "StepwellTriggers",
                crypto,
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio", condition: server),
                .product(name: "NIOPosix", package: "swift-nio", condition: server),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: server),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: server),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(name: "embed-assets", path: "Sources/EmbedAssets"),
        .plugin(
            name: "EmbedAssets",
            capability: .buildTool(),
            dependencies: ["embed-assets"],
            path: "Tools/EmbedAssets"
        ),
        .target(
            name: "StepwellConsole",
            dependencies: [
                "Stepwell", "StepwellEngine", "StepwellHistory", "StepwellJSON",
                "StepwellGraph", "StepwellLanguage", "StepwellReplay", "StepwellServer",
                crypto,
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Resources"],
            swiftSettings: strict,
            plugins: ["EmbedAssets"]
        ),
        // Row 5: the program.
        .executableTarget(
            name: "sfnctl",
            dependencies: [
                "Stepwell", "StepwellEngine", "StepwellGraph", "StepwellHistory",
                "StepwellIntegrations", "StepwellInterpreter", "StepwellIntrinsics", "StepwellJSON",
                "StepwellJSONPath", "StepwellJSONata", "StepwellLanguage", "StepwellConsole",
                "StepwellReplay", "StepwellServer", "StepwellStore", "StepwellSuites",
                "StepwellTemplates", "StepwellTriggers",
                .product(
                    name: "ArgumentParser",
                    package: "swift-argument-parser",
                    condition: server
                ),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "OrderFulfilment",
            dependencies: ["Stepwell"],
            path: "Sources/Examples/OrderFulfilment",
            exclude: [
                "approver.py", "expectations.py", "order-fulfilment.asl.json",
                "order-fulfilment.svg", "orders.json", "warehouse.py",
            ]
        ),
        // Tests, one target per module, and the suites that cross modules.
        .testTarget(name: "StepwellJSONTests", dependencies: ["StepwellJSON"]),
        .testTarget(
            name: "StepwellJSONPathTests",
            dependencies: ["StepwellJSONPath", "StepwellJSON"]
        ),
        .testTarget(
            name: "StepwellJSONataTests",
            dependencies: ["StepwellJSONata", "StepwellJSON"]
        ),
        .testTarget(
            name: "StepwellIntrinsicsTests",
            dependencies: ["StepwellIntrinsics", "StepwellJSONPath", "StepwellJSON"]
        ),
        .testTarget(
            name: "StepwellHistoryTests",
            dependencies: ["StepwellHistory", "StepwellJSON"]
        ),
        .testTarget(
            name: "StepwellLanguageTests",
            dependencies: [
                "StepwellLanguage", "StepwellIntrinsics", "StepwellJSONPath", "StepwellJSON",
            ]
        ),
        .testTarget(
            name: "StepwellInterpreterTests",
            dependencies: [
                "StepwellInterpreter", "StepwellHistory", "StepwellLanguage", "StepwellJSON",
                "StepwellReplay",
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "StepwellGraphTests",
            dependencies: ["StepwellGraph", "StepwellJSON", "StepwellLanguage"]
        ),
        .testTarget(
            name: "StepwellEngineTests",
            dependencies: [
                "StepwellEngine", "StepwellHistory", "StepwellInterpreter", "StepwellJSON",
                "StepwellLanguage", "StepwellReplay", "StepwellTesting",
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            exclude: ["Workflows"]
        ),
        .testTarget(
            name: "StepwellIntegrationsTests",
            dependencies: [
                "StepwellIntegrations", "Stepwell", "StepwellEngine", "StepwellHistory",
                "StepwellInterpreter", "StepwellJSON", "StepwellTesting",
                crypto,
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "StepwellStoreTests",
            dependencies: [
                "StepwellStore", "StepwellLMDB", "StepwellEngine", "StepwellHistory",
                "StepwellInterpreter", "StepwellTesting",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "StepwellTriggersTests",
            dependencies: [
                "StepwellTriggers", "Stepwell", "StepwellEngine", "StepwellHistory",
                "StepwellJSON", "StepwellTesting",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "StepwellTests",
            dependencies: [
                "Stepwell", "StepwellTesting", "StepwellJSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "StepwellServerTests",
            dependencies: [
                "StepwellConsole", "StepwellServer", "Stepwell", "StepwellEngine",
                "StepwellHistory", "StepwellJSON", "StepwellTesting", "StepwellTriggers",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]
        ),
        .testTarget(
            name: "StepwellConsoleTests",
            dependencies: [
                "StepwellConsole", "StepwellServer", "Stepwell", "StepwellEngine",
                "StepwellHistory", "StepwellJSON",
            ]
        ),
        .testTarget(
            name: "StepwellTemplatesTests",
            dependencies: ["StepwellTemplates", "StepwellIntegrations", "StepwellJSON"]
        ),
        .testTarget(
            name: "StepwellSuitesTests",
            dependencies: [
                "StepwellSuites", "Stepwell", "StepwellEngine", "StepwellHistory",
                "StepwellIntegrations", "StepwellJSON",
            ]
        ),
        .testTarget(
            name: "ExamplesTests",
            dependencies: [
                "Hello", "Approval", "FanOut", "NightlyReport", "OrderFulfilment", "Stepwell",
                "StepwellTesting",
            ]
        ),
        .testTarget(name: "StyleTests"),
        // What Tests/Acceptance/soak.py runs: one engine for very many tasks.
        .executableTarget(
            name: "Soak",
            dependencies: [
                "Stepwell", "StepwellIntegrations", "StepwellServer",
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            path: "Tests/Soak"
        ),
        // What libFuzzer feeds (Tools/fuzz), and the ordinary test that keeps it working.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "StepwellJSON", "StepwellJSONPath", "StepwellIntrinsics", "StepwellJSONata",
                "StepwellLanguage", "StepwellHistory", "StepwellInterpreter", "StepwellReplay",
            ],
            path: "Tests/FuzzTargets",
            exclude: ["dictionary.txt"]
        ),
        .testTarget(name: "FuzzTargetsTests", dependencies: ["FuzzTargets"]),
    ]
)

// The fuzzer's executable has no `main` of its own: it links only with `--sanitize=fuzzer`.
if Context.environment["STEPWELL_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzRunner",
            dependencies: ["FuzzTargets"],
            path: "Tests/FuzzRunner"
        )
    )
}

// Small services, each whole; Tests/ExamplesTests runs them.
package.targets += ["Hello", "Approval", "FanOut", "NightlyReport"].map {
    .executableTarget(name: $0, dependencies: ["Stepwell"], path: "Sources/Examples/\($0)")
}

// What is said above of settings holds for every target that says nothing of its own.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = target.swiftSettings ?? strict
}
