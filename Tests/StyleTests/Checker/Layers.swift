/// The layers of ARCHITECTURE.md as a table: what each module may import.
struct Layers {
    /// The module's name.
    let module: String
    /// Its row; 0 is pure.
    let row: Int
    /// The modules of this package that it may import.
    let own: Set<String>
    /// The modules of the system and of other packages that it may import.
    let others: Set<String>

    /// Containers and digests: pure code, hence allowed everywhere.
    private static let pureOthers: Set<String> = [
        "Crypto", "BitCollections", "Collections", "DequeModule", "HashTreeCollections",
        "HeapModule", "OrderedCollections",
    ]
    private static let system: Set<String> = [
        "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl",
        "Synchronization",
    ]
    private static let observability: Set<String> = [
        "CoreMetrics", "Instrumentation", "Logging", "Metrics", "ServiceContextModule", "Tracing",
    ]
    private static let http: Set<String> = [
        "NIOConcurrencyHelpers", "NIOCore", "NIOFoundationCompat", "NIOHTTP1", "NIOPosix",
    ]
    private static let pureModules: Set<String> = [
        "StepwellJSON", "StepwellJSONPath", "StepwellJSONata", "StepwellIntrinsics",
        "StepwellHistory", "StepwellLanguage", "StepwellInterpreter", "StepwellReplay",
        "StepwellGraph",
    ]

    private static func pure(
        _ module: String,
        _ own: Set<String>,
        _ others: Set<String> = []
    ) -> Layers {
        Layers(module: module, row: 0, own: own, others: pureOthers.union(others))
    }

    private static func upper(
        _ module: String,
        row: Int,
        _ own: Set<String>,
        _ others: Set<String> = []
    ) -> Layers {
        let own = row == 2 && own.contains("CLMDB") ? own : own.union(pureModules)
        let others = others.union(pureOthers).union(system)
        return Layers(module: module, row: row, own: own, others: others)
    }

    /// The table; an unknown module is a breach.
    static let table: [Layers] = [
        pure("StepwellJSON", []),
        pure("StepwellJSONPath", ["StepwellJSON"]),
        pure("StepwellJSONata", ["StepwellJSON"]),
        pure("StepwellIntrinsics", ["StepwellJSON", "StepwellJSONPath"]),
        // For the parse that the copies of a payload share: a cache that is filled once, with what
        // follows from the text, and that holds up nobody.
        pure("StepwellHistory", ["StepwellJSON"], ["Synchronization"]),
        pure(
            "StepwellLanguage",
            ["StepwellJSON", "StepwellJSONPath", "StepwellJSONata", "StepwellIntrinsics"]
        ),
        pure(
            "StepwellInterpreter",
            [
                "StepwellJSON", "StepwellJSONPath", "StepwellJSONata", "StepwellIntrinsics",
                "StepwellHistory", "StepwellLanguage",
            ]
        ),
        pure(
            "StepwellReplay",
            pureModules.subtracting(["StepwellReplay", "StepwellGraph"])
        ),
        pure("StepwellGraph", ["StepwellJSON", "StepwellLanguage"]),
        upper("StepwellEngine", row: 1, [], observability),
        upper("StepwellLMDB", row: 2, ["CLMDB"]),
        upper("StepwellStore", row: 2, ["StepwellEngine", "StepwellLMDB"], observability),
        upper(
            "StepwellIntegrations",
            row: 2,
            ["StepwellEngine"],
            observability.union(http).union(["AsyncHTTPClient", "NIOSSL", "Yams"])
        ),
        upper("StepwellTriggers", row: 2, ["StepwellEngine"], observability),
        upper(
            "Stepwell",
            row: 3,
            ["StepwellEngine", "StepwellStore", "StepwellTriggers", "StepwellIntegrations"],
            observability.union(["ServiceLifecycle", "Yams"])
        ),
        upper(
            "StepwellTesting",
            row: 4,
            ["Stepwell", "StepwellEngine", "StepwellStore"],
            observability
        ),
        upper(
            "StepwellServer",
            row: 4,
            ["Stepwell", "StepwellEngine", "StepwellTriggers"],
            observability.union(http).union(["NIOSSL", "ServiceLifecycle"])
        ),
        upper(
            "StepwellTemplates",
            row: 4,
            ["Stepwell", "StepwellEngine", "StepwellIntegrations"]
        ),
        upper(
            "StepwellSuites",
            row: 4,
            ["StepwellEngine", "StepwellIntegrations", "StepwellTesting"],
            observability
        ),
        upper(
            "StepwellConsole",
            row: 4,
            ["Stepwell", "StepwellEngine", "StepwellServer"],
            observability.union(["ServiceLifecycle"])
        ),
        upper("EmbedAssets", row: 5, []),
        upper(
            "sfnctl",
            row: 5,
            [
                "Stepwell", "StepwellEngine", "StepwellStore", "StepwellIntegrations",
                "StepwellServer", "StepwellConsole", "StepwellTriggers", "StepwellSuites",
                "StepwellTemplates",
            ],
            observability.union(["ArgumentParser", "ServiceLifecycle", "UnixSignals"])
        ),
        upper("Examples", row: 5, ["Stepwell"], observability.union(["ServiceLifecycle"])),
    ]

    /// The row of the table for a module; nil when it has none.
    static func named(_ module: String) -> Layers? { table.first { $0.module == module } }
}
