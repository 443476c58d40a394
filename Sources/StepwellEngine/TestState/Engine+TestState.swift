import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellLanguage

extension Engine {
    /// Runs one state on its own, with nothing recorded.
    ///
    /// Work without a mock is done by the engine's connectors, within five minutes. Throws
    /// `InvalidDefinition`, `InvalidExecutionInput` or `ValidationException`.
    package func testState(_ request: TestStateRequest) async throws -> TestStateResponse {
        let setup: StateTrialSetup
        var trial: StateTrial
        (setup, trial) = try await judging.read(.page) { [self] in
            let tried = try TriedState(request.definition, stateName: request.stateName)
            try TestStateChecks(request: request, tried: tried).check()
            let setup = try trialSetup(for: request, of: tried)
            return (setup, StateTrial(of: tried.index, in: tried.definition, setup: setup))
        }
        let inspector = ExchangeInspector(revealsSecrets: request.revealSecrets)
        let runner = TrialRunner(engine: self, start: setup.start, inspector: inspector)
        let outcome = try await runner.run(&trial)
        if let items = trial.itemCount,
            let failed = request.configuration.mapIterationFailureCount, failed > items
        {
            throw ServiceError.validation(
                "Map iteration failure count must be less than or equal to the number of Map "
                    + "iterations"
            )
        }
        return TestStateResponse(
            outcome: outcome,
            inspection: trial.inspection,
            exchange: inspector.exchange,
            input: setup.start.input,
            variables: trial.variables
        )
    }

    private func trialSetup(
        for request: TestStateRequest,
        of tried: TriedState
    ) throws(ServiceError) -> StateTrialSetup {
        let machine = RandomName.uuid(entropy)
        let name = RandomName.uuid(entropy)
        let start = StartInput(
            name: name,
            stateMachineARN: arn(.stateMachine, machine),
            executionARN: arn(.express, "\(machine):\(name)"),
            definition: DefinitionDigest(of: request.definition),
            roleARN: request.roleARN ?? "",
            input: try checkedInput(Array((request.input ?? "{}").utf8)),
            seed: entropy.bytes(32),
            semantics: Semantics.current,
            limits: configuration.executionLimits
        )
        var setup = StateTrialSetup(start: start)
        setup.roleARN = request.roleARN
        setup.retryCount = request.configuration.retrierRetryCount ?? 0
        setup.failedIterations = request.configuration.mapIterationFailureCount ?? 0
        setup.variables = try request.variables.map(Self.variables) ?? []
        if let context = request.context {
            setup.context = try MockedContext.parse(context, hasToken: tried.hasToken)
        }
        if let result = request.mock?.result {
            setup.mock = .result(Payload(text: Array(result.utf8)))
        } else if let failure = request.mock?.errorOutput {
            setup.mock = .failure(failure)
        }
        if let items = try ReaderItems(for: request, of: tried) {
            setup.readerItems = items.read
            setup.pointedItems = items.pointed
        }
        return setup
    }

    private static func variables(_ text: String) throws(ServiceError) -> [AssignedVariable] {
        guard let value = try? JSONParser.parse(Array(text.utf8)), let members = value.objectValue
        else { throw .validation("Variables must be a valid JSON object.") }
        return members.map { AssignedVariable(name: $0.key, value: Payload($0.value)) }
    }
}
