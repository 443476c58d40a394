package import StepwellJSON

/// The mocked responses of Task states by test case: Step Functions Local's mock configuration
/// file (developer guide, "Using mocked service integrations in Step Functions Local").
///
///     {"StateMachines": {MACHINE: {"TestCases": {CASE: {STATE: RESPONSE}}}},
///      "MockedResponses": {RESPONSE: {"0": {"Return": …}, "1-2": {"Throw": {"Error", "Cause"}}}}}
///
/// Beside `Return` or `Throw` there may be a `Delay` in seconds, which Step Functions Local does
/// not have: the time by the engine's clock that passes before.
package struct MockConfiguration: Sendable {
    /// What one invocation of a mocked state comes to.
    package enum Outcome: Sendable, Equatable {
        /// The service's response.
        case returned(JSONValue)
        /// The task's result, which of a function's response is the payload.
        case resulted(JSONValue)
        case thrown(error: String, cause: String)
    }

    /// An outcome for some invocations of a state, counted from 0 in an execution.
    package struct Response: Sendable {
        package var invocations: ClosedRange<Int>
        package var outcome: Outcome
        /// Milliseconds that pass before.
        package var delay: Int64

        package init(invocations: ClosedRange<Int>, outcome: Outcome, delay: Int64 = 0) {
            self.invocations = invocations
            self.outcome = outcome
            self.delay = delay
        }
    }

    /// What a state's mocked response has to say of one invocation.
    package enum Answer: Sendable, Equatable {
        /// The test case does not mock the state.
        case notMocked
        case outcome(Outcome, delay: Int64 = 0)
        /// The response of this name says nothing of the invocation.
        case missing(response: String)
    }

    /// State to the name of a response, by machine and test case; names are compared by bytes.
    var testCases: [ByteKey: [ByteKey: [ByteKey: String]]] = [:]
    var responses: [ByteKey: [Response]] = [:]
    /// The names of the state machines, in the order of the file.
    var stateMachines: [String] = []

    /// No responses at all.
    init() {}

    /// The responses of one test case, by state machine and state; names have to differ.
    package init(testCase: String, _ mocks: [String: [String: [Response]]]) {
        for machine in mocks.keys.sorted() {
            stateMachines.append(machine)
            var names: [ByteKey: String] = [:]
            for state in (mocks[machine] ?? [:]).keys.sorted() {
                let name = "\(machine)/\(state)"
                names[ByteKey(state)] = name
                responses[ByteKey(name)] = mocks[machine]?[state]
            }
            testCases[ByteKey(machine)] = [ByteKey(testCase): names]
        }
    }

    /// What a test case says of a state; nil when it says nothing.
    package func responses(
        of state: String,
        testCase: String,
        stateMachine: String
    ) -> [Response]? {
        testCases[ByteKey(stateMachine)]?[ByteKey(testCase)]?[ByteKey(state)]
            .map { responses[ByteKey($0)] ?? [] }
    }

    /// Whether a state machine has a test case.
    package func hasTestCase(_ testCase: String, of stateMachine: String) -> Bool {
        testCases[ByteKey(stateMachine)]?[ByteKey(testCase)] != nil
    }

    /// The state machines that have a test case, in the order of the file.
    package func stateMachines(with testCase: String) -> [String] {
        stateMachines.filter { hasTestCase(testCase, of: $0) }
    }

    /// Whether a test case says anything of a state.
    func mocks(state: String, testCase: String, of stateMachine: String) -> Bool {
        testCases[ByteKey(stateMachine)]?[ByteKey(testCase)]?[ByteKey(state)] != nil
    }

    /// How many states a test case says something of.
    func stateCount(testCase: String, of stateMachine: String) -> Int {
        testCases[ByteKey(stateMachine)]?[ByteKey(testCase)]?.count ?? 0
    }

    /// What a test case says of an invocation of a state, counted from 0.
    package func answer(
        stateMachine: String,
        testCase: String,
        state: String,
        invocation: Int
    ) -> Answer {
        guard
            let name = testCases[ByteKey(stateMachine)]?[ByteKey(testCase)]?[ByteKey(state)]
        else { return .notMocked }
        let found = responses[ByteKey(name)]?.first { $0.invocations.contains(invocation) }
        return found.map { .outcome($0.outcome, delay: $0.delay) } ?? .missing(response: name)
    }
}
