import StepwellInterpreter
import StepwellLanguage

extension MockConfiguration {
    /// Why a test case does not fit a definition, if so: it mocks a state that is not there, is no
    /// Task, or has its work done by an activity's workers.
    func misfit(
        testCase: String,
        stateMachine: String,
        definition: StateMachineDefinition
    ) -> String? {
        var known = 0
        for state in definition.states
        where mocks(state: state.name, testCase: testCase, of: stateMachine) {
            known += 1
            guard case .task(let fields) = state.kind else {
                return "it mocks '\(state.name)', which is not a Task state"
            }
            if case .activity = TaskResourceName(fields.resource).kind {
                return "it mocks '\(state.name)', whose work is an activity's: only workers do that"
            }
        }
        let count = stateCount(testCase: testCase, of: stateMachine)
        return known == count
            ? nil : "\(count - known) of its states are not in the definition"
    }
}
