extension RuleExample {
    private static let step = "Sources/StepwellInterpreter/Step+Wait.swift"
    private static let apply = "Sources/StepwellInterpreter/ExecutionState+Apply.swift"
    private static let decides = """
        extension ExecutionState {
            func enter() { if true {} }
            mutating func wait() {}
        }
        """

    /// Deciding that changes the state, which the rule has to find.
    static let decidingBreaches = [RuleExample(.decidingBorrows, step, decides, [3])]

    /// What changes the state, or something else, and may.
    static let decidingInnocents = [
        RuleExample(.decidingBorrows, apply, decides),
        RuleExample(
            .decidingBorrows,
            step,
            "extension ExecutionState { package mutating func step() {} }"
        ),
        RuleExample(
            .decidingBorrows,
            step,
            "extension ExecutionState { func batch() {} }\nstruct Batch { mutating func add() {} }"
        ),
    ]
}
