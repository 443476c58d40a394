import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

extension ShardCore {
    /// StartExecution: idempotent while the execution of that name runs with the same input.
    func start(_ command: StartCommand, at now: Timestamp) {
        if let full = fullStore() {
            command.reply(.failure(.storeUnavailable(full)))
            return
        }
        guard let machine = catalog.stateMachine(command.stateMachineARN) else {
            refuse(command, .stateMachineDoesNotExist(command.stateMachineARN), after: catalogBatch)
            return
        }
        do throws(StoreError) {
            // Every start of an Express workflow is a new execution, whatever its name.
            if let name = command.name, machine.type == .standard,
                let taken = try holder(of: name, in: machine.arn, at: now)
            {
                try answerTaken(command, by: taken, machine: machine)
                return
            }
        } catch {
            command.reply(.failure(.storeUnavailable(error)))
            return
        }
        begin(command, of: machine, at: now)
    }

    private func begin(_ command: StartCommand, of machine: StateMachineEntry, at now: Timestamp) {
        guard let target = StartTarget(command.qualifier, of: machine, entropy: entropy),
            let revision = catalog.definition(target.settings.definition)
        else {
            let arn = command.qualifier.map(machine.qualifiedARN) ?? machine.arn
            refuse(command, .stateMachineDoesNotExist(arn), after: catalogBatch)
            return
        }
        guard let definition = compiled(revision, for: command) else { return }
        guard !command.isSynchronous || machine.type == .express else {
            return refuse(command, .typeNotSupported, after: catalogBatch)
        }
        if let testCase = command.testCase,
            let misfit = configuration.mocks?.configuration.misfit(
                testCase: testCase,
                stateMachine: machine.name,
                definition: definition
            )
        {
            let message = "The test case '\(testCase)' does not fit the state machine: \(misfit)"
            return refuse(command, .validation(message), after: catalogBatch)
        }
        guard openExecutions < limits.openExecutions else {
            return refuse(command, .executionLimitExceeded(machine.arn), after: catalogBatch)
        }
        var name = command.name ?? RandomName.uuid(entropy)
        if machine.type == .express { name += ":" + RandomName.uuid(entropy) }
        let arn = ExecutionARN(
            stateMachineARN: machine.arn,
            name: name,
            isExpress: machine.type == .express
        )
        let input = StartInput(
            name: name,
            stateMachineARN: machine.arn,
            executionARN: arn.string,
            definition: target.settings.definition,
            roleARN: target.settings.roleARN,
            input: command.input,
            seed: entropy.bytes(32),
            semantics: Semantics.current,
            limits: configuration.executionLimits(of: machine.type),
            traceHeader: command.traceHeader,
            stateMachineAliasARN: target.aliasARN,
            stateMachineVersionARN: target.versionARN,
            testCase: command.testCase,
            isSynchronous: command.isSynchronous
        )
        guard let resident = launch(input, running: definition, at: now) else {
            command.reply(.failure(.internalFailure("The start of \(arn.string) was refused.")))
            return
        }
        let response = StartExecutionResponse(
            executionARN: arn.string,
            startDate: resident.state.startTime
        )
        let reply = command.reply
        emit(
            .reply { failure in reply(failure.map { .failure($0) } ?? .success(response)) },
            after: resident.lastBatch
        )
    }

    /// What a start runs; nil when its definition has to be compiled first, or cannot be.
    private func compiled(
        _ revision: DefinitionRevision,
        for command: StartCommand
    ) -> StateMachineDefinition? {
        if let compiled = revision.compiledLately { return compiled }
        if let prepare = command.prepare {
            prepare(revision)
            return nil
        }
        do throws(StoreError) {
            return try revision.compiled()
        } catch {
            let arn = command.stateMachineARN
            refuse(command, .definitionUnusable(arn, error), after: catalogBatch)
            return nil
        }
    }

    /// Makes an execution's first turn; nil when it was refused.
    func launch(
        _ input: StartInput,
        running definition: StateMachineDefinition,
        at now: Timestamp
    ) -> ResidentExecution? {
        let number = nextNumber
        nextNumber = ExecutionNumber(number.rawValue + 1)
        let resident = ResidentExecution(
            number: number,
            state: ExecutionState(execution: number, definition: definition),
            head: .before(number, input: input, startDate: now)
        )
        keep(resident)
        resident.isFresh = true
        freshNames[ByteKey(input.executionARN)] = number
        guard case .accepted = turn(resident, .start(input), at: now) else { return nil }
        return resident
    }

    /// The execution that a name is taken by.
    func holder(
        of name: String,
        in stateMachineARN: String,
        at now: Timestamp
    ) throws(StoreError) -> ExecutionHead? {
        let arn = ExecutionARN(stateMachineARN: stateMachineARN, name: name).string
        if let fresh = freshNames[ByteKey(arn)], let resident = residents[fresh] {
            return resident.head
        }
        guard let stored = try store.head(named: name, in: stateMachineARN) else { return nil }
        let head = residents[stored.execution]?.head ?? stored
        if let stopDate = head.stopDate {
            let freeAgain = stopDate.advanced(byMilliseconds: limits.nameRetentionMilliseconds)
            if freeAgain <= now { return nil }
        }
        return head
    }

    private func answerTaken(
        _ command: StartCommand,
        by head: ExecutionHead,
        machine: StateMachineEntry
    ) throws(StoreError) {
        let arn = ExecutionARN(stateMachineARN: machine.arn, name: head.executionName).string
        let batch = residents[head.execution]?.lastBatch ?? 0
        if head.summary.status == .running,
            let resident = try load(head.execution),
            resident.state.start?.input == command.input,
            resident.state.start?.testCase == command.testCase
        {
            let response = StartExecutionResponse(executionARN: arn, startDate: head.startDate)
            let reply = command.reply
            emit(
                .reply { failure in reply(failure.map { .failure($0) } ?? .success(response)) },
                after: batch
            )
        } else {
            refuse(command, .executionAlreadyExists(arn), after: batch)
        }
    }

    private func refuse(_ command: StartCommand, _ error: ServiceError, after batch: UInt64) {
        let reply = command.reply
        emit(.reply { failure in reply(.failure(failure ?? error)) }, after: batch)
    }
}
