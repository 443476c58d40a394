extension RuleExample {
    private static let engine = "Sources/StepwellEngine/A.swift"

    /// Closures in generic boxes, which the rule has to find.
    static let boxBreaches = [
        RuleExample(.closuresInBoxes, engine, "let a = Mutex<(() -> Void)?>(nil)", [1]),
        RuleExample(.closuresInBoxes, engine, "let a: Mutex<@Sendable (A<B>) -> C>", [1]),
        RuleExample(.closuresInBoxes, engine, "\nlet a = Mutex<(Int, () -> Void)>((1, f))", [2]),
        RuleExample(.closuresInBoxes, engine, "let a = Mutex<Optional<() -> Void>>(nil)", [1]),
        RuleExample(.closuresInBoxes, engine, "let a = ManagedAtomic<(A) async -> B>(f)", [1]),
        RuleExample(.closuresInBoxes, "Tests/A.swift", "let a = Mutex({ 1 })", [1]),
        RuleExample(.closuresInBoxes, "Tests/A.swift", "let a: Mutex = Mutex.init({ 1 })", [1]),
        RuleExample(
            .closuresInBoxes,
            engine,
            "typealias F = @Sendable (Int) async -> Void\nlet a = Mutex<F?>(nil)",
            [2]
        ),
        RuleExample(
            .closuresInBoxes,
            engine,
            "typealias F = (\n    Int\n) throws\n    -> Void\ntypealias G = (Int, F)\n"
                + "let a = Mutex<A.G>((1, f))",
            [6]
        ),
        RuleExample(
            .closuresInBoxes,
            engine,
            "final class Box<Value> { var value: Value }\nlet a: Box<() -> Void>",
            [2]
        ),
    ]

    /// What looks like one and is none.
    static let boxInnocents = [
        RuleExample(
            .closuresInBoxes,
            engine,
            "struct S { var f: (() -> Void)? }\nlet a = Mutex(S())\nlet b: Mutex<[S]>"
        ),
        RuleExample(.closuresInBoxes, engine, "func a(_ b: Mutex<Int>) -> Void {}"),
        RuleExample(.closuresInBoxes, engine, "let a: (Mutex<Set<Int>>) -> [() -> Void]"),
        RuleExample(
            .closuresInBoxes,
            engine,
            "typealias F = (Int) -> Void\nstruct G { let f: F }\nlet a = Mutex<G?>(nil)\nlet b: F"
        ),
        RuleExample(.closuresInBoxes, engine, "typealias A = Int\nfunc b() -> Int\nMutex<A>(0)"),
        RuleExample(.closuresInBoxes, engine, "// Mutex<() -> Void>\nlet a = Array<() -> Void>()"),
    ]
}
