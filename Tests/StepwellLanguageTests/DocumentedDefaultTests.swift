import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage
import Testing

/// Every default of the States language; each names where AWS documents it.
@Suite("Documented defaults")
struct DocumentedDefaultTests {
    private func machine(_ fields: String) throws -> StateMachineDefinition {
        let decoded = decode(
            """
            {"StartAt": "S", "States": {"S": {\(fields)}, "A": {"Type": "Succeed"}}}
            """
        )
        return try #require(decoded.compiled, "\(decoded.problems)")
    }

    @Test("Version 1.0, JSONPath, no timeout (ASL specification, Structure of a State Machine)")
    func topLevel() throws {
        let machine = try machine(#""Type": "Pass", "Next": "A""#)
        #expect(machine.version == "1.0")
        #expect(machine.queryLanguage == .jsonPath)
        #expect(machine.timeoutSeconds == nil)
        #expect(machine.comment == nil)
    }

    @Test("Paths are $ (ASL specification, Input and Output Processing)")
    func paths() throws {
        let machine = try machine(#""Type": "Pass", "Next": "A""#)
        let state = machine[machine.startAt]
        #expect(state.inputPath == .identity)
        #expect(state.outputPath == .identity)
        #expect(state.resultPath == .replace)
        #expect(state.parameters == nil && state.resultSelector == nil && state.assign == nil)
    }

    @Test("Retriers: 1 s, 3 attempts, rate 2, no cap, no jitter (developer guide, Retry field)")
    func retrier() throws {
        let machine = try machine(
            #""Type": "Task", "Resource": "r:r", "Next": "A", "Retry": [{"ErrorEquals": ["E"]}]"#
        )
        let retrier = try #require(machine[machine.startAt].retriers.first)
        #expect(retrier.intervalSeconds == 1)
        #expect(retrier.maxAttempts == 3)
        #expect(retrier.backoffRate == 2)
        #expect(retrier.maxDelaySeconds == nil)
        #expect(retrier.jitter == .none)
    }

    @Test("Catchers replace the input (ASL specification, Fallback States)")
    func catcher() throws {
        let machine = try machine(
            #""Type": "Task", "Resource": "r:r", "Next": "A", "#
                + #""Catch": [{"ErrorEquals": ["E"], "Next": "A"}]"#
        )
        let catcher = try #require(machine[machine.startAt].catchers.first)
        #expect(catcher.resultPath == .replace)
        #expect(catcher.assign == nil)
    }

    @Test("A Task has no timeout of its own: 99,999,999 s (developer guide, Task state)")
    func task() throws {
        let machine = try machine(#""Type": "Task", "Resource": "r:r", "Next": "A""#)
        guard case .task(let fields) = machine[machine.startAt].kind else {
            Issue.record("no task")
            return
        }
        #expect(fields.timeout == nil)
        #expect(fields.heartbeat == nil)
        #expect(LanguageLimits.seconds == 99_999_999)
    }

    @Test("A Map is INLINE, over its whole input, without limit (developer guide, Map state)")
    func map() throws {
        let machine = try machine(
            #""Type": "Map", "Next": "A", "ItemProcessor": {"StartAt": "P", "States": "#
                + #"{"P": {"Type": "Succeed"}}}"#
        )
        guard case .map(let fields) = machine[machine.startAt].kind else {
            Issue.record("no map")
            return
        }
        #expect(fields.mode == .inline)
        #expect(fields.maxConcurrency == .literal(0))
        #expect(fields.itemsPath == nil)
        #expect(fields.itemSelector == nil)
        #expect(fields.toleratedFailureCount == nil)
        #expect(fields.toleratedFailurePercentage == nil)
    }

    @Test("A Choice state may have no Default (ASL specification, Choice State)")
    func choice() throws {
        let machine = try machine(
            #""Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "A"}]"#
        )
        guard case .choice(let fields) = machine[machine.startAt].kind else {
            Issue.record("no choice")
            return
        }
        #expect(fields.defaultNext == nil)
    }

    @Test("Limits of intrinsic functions (developer guide, Intrinsic functions)")
    func intrinsics() {
        #expect(IntrinsicLimits.functions == 10)
        #expect(IntrinsicLimits.rangeItems == 1000)
        #expect(IntrinsicLimits.base64Characters == 10_000)
        #expect(IntrinsicLimits.hashCharacters == 10_000)
        #expect(PathLimits.variableName == LanguageLimits.variableNameLength)
    }

    @Test(
        "The reserved error names (ASL specification, appendix A)",
        arguments: [
            "States.ALL", "States.HeartbeatTimeout", "States.Timeout", "States.TaskFailed",
            "States.Permissions", "States.ResultPathMatchFailure", "States.ParameterPathFailure",
            "States.QueryEvaluationError", "States.BranchFailed", "States.NoChoiceMatched",
            "States.IntrinsicFailure", "States.ExceedToleratedFailureThreshold",
            "States.ItemReaderFailed", "States.ResultWriterFailed", "States.DataLimitExceeded",
            "States.Runtime",
        ]
    )
    func errorNames(name: String) throws {
        #expect(ErrorName.reserved.contains(name))
        let decoded = decode(
            #"{"StartAt": "S", "States": {"S": {"Type": "Task", "Resource": "r:r", "End": true, "#
                + #""Retry": [{"ErrorEquals": ["\#(name)"]}]}}}"#
        )
        #expect(decoded.problems.isEmpty)
    }

    @Test("There are 39 operators of comparison, with their path forms (ASL specification)")
    func operators() {
        let all = ComparisonOperator.allCases
        #expect(all.count + all.count(where: \.hasPathForm) == 39)
    }
}
