package import StepwellJSON

/// The mocked responses of Task states by test case: Step Functions Local's mock configuration
/// file (developer guide, "Using mocked service integrations in Step Functions Local").
///
///     {"StateMachines": {MACHINE: {"TestCases": {CASE: {STATE: RESPONSE}}}},
///      "MockedResponses": {RESPONSE: {"0": {"Return": …}, "1-2": {"Throw": {"Error", "Cause"}}}}}
package struct MockConfiguration: Sendable {
    /// What one invocation of a mocked state comes to.
    package enum Outcome: Sendable, Equatable {
        /// The service's response.
        case returned(JSONValue)
        case thrown(error: String, cause: String)
    }

    /// An outcome for some invocations of a state, counted from 0 in an execution.
    struct Response: Sendable {
        var invocations: ClosedRange<Int>
        var outcome: Outcome
    }

    /// What a state's mocked response has to say of one invocation.
    package enum Answer: Sendable, Equatable {
        /// The test case does not mock the state.
        case notMocked
        case outcome(Outcome)
        /// The response of this name says nothing of the invocation.
        case missing(response: String)
    }

    /// Machine, test case and state to the name of a response.
    var testCases: [String: [String: [String: String]]] = [:]
    var responses: [String: [Response]] = [:]

    /// Whether a state machine has a test case.
    package func hasTestCase(_ testCase: String, of stateMachine: String) -> Bool {
        testCases[stateMachine]?[testCase] != nil
    }

    /// The state machines that have a test case, in order.
    package func stateMachines(with testCase: String) -> [String] {
        testCases.keys.filter { hasTestCase(testCase, of: $0) }.sorted()
    }

    /// What a test case says of an invocation of a state, counted from 0.
    package func answer(
        stateMachine: String,
        testCase: String,
        state: String,
        invocation: Int
    ) -> Answer {
        guard let name = testCases[stateMachine]?[testCase]?[state] else { return .notMocked }
        let found = responses[name]?.first { $0.invocations.contains(invocation) }
        return found.map { .outcome($0.outcome) } ?? .missing(response: name)
    }
}
