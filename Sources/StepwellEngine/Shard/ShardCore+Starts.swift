import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

extension ShardCore {
    /// StartExecution: idempotent while the execution of that name runs with the same input.
    func start(_ command: StartCommand, at now: Timestamp) throws(Missing) {
        if let full = fullStore() {
            command.reply(.failure(.storeUnavailable(full)))
            return
        }
        if let nested = command.nested, try isRefused(command, nested) { return }
        guard let machine = catalog.stateMachine(command.stateMachineARN) else {
            refuse(command, .stateMachineDoesNotExist(command.stateMachineARN), after: catalogBatch)
            return
        }
        // Every start of an Express workflow is a new execution, whatever its name.
        if let name = command.claimedName(in: machine.type),
            let taken = knownHolder(of: name, in: machine.arn, against: claim(of: command, at: now))
        {
            return try answerTaken(command, by: taken, machine: machine)
        }
        try begin(command, of: machine, at: now)
    }

    private func begin(
        _ command: StartCommand,
        of machine: StateMachineEntry,
        at now: Timestamp
    ) throws(Missing) {
        guard let target = StartTarget(command.qualifier, of: machine, entropy: entropy),
            let revision = catalog.definition(target.settings.definition)
        else {
            let arn = command.qualifier.map(machine.qualifiedARN) ?? machine.arn
            return try refuse(command, .stateMachineDoesNotExist(arn), of: machine, at: now)
        }
        guard let definition = compiled(revision, for: command) else { return }
        guard !command.isSynchronous || machine.type == .express else {
            return try refuse(command, .typeNotSupported, of: machine, at: now)
        }
        if let testCase = command.testCase,
            let misfit = configuration.mocks?.configuration.misfit(
                testCase: testCase,
                stateMachine: machine.name,
                definition: definition
            )
        {
            let message = "The test case '\(testCase)' does not fit the state machine: \(misfit)"
            return try refuse(command, .validation(message), of: machine, at: now)
        }
        guard openExecutions < limits.openExecutions else {
            return try refuse(command, .executionLimitExceeded(machine.arn), of: machine, at: now)
        }
        let name = name(of: command, machine.type)
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
            isSynchronous: command.isSynchronous,
            nested: command.nested
        )
        let isNamed = command.claimedName(in: machine.type) != nil
        guard
            let resident = launch(
                input,
                running: definition,
                claim: isNamed ? claim(of: command, at: now) : nil,
                at: now
            )
        else {
            command.reply(.failure(.internalFailure("The start of \(arn.string) was refused.")))
            return
        }
        let response = StartExecutionResponse(
            executionARN: arn.string,
            startDate: resident.state.startTime
        )
        emit(.start(command, .success(response)), of: resident)
    }

    /// The name of a new execution.
    private func name(of command: StartCommand, _ type: StateMachineType) -> String {
        if let claimed = command.claimedName(in: type) { return claimed }
        let name = command.name ?? RandomName.uuid(entropy)
        return type == .express ? "\(name):\(RandomName.uuid(entropy))" : name
    }

    /// What a start runs; nil when its definition has to be compiled first, or cannot be.
    private func compiled(
        _ revision: DefinitionRevision,
        for command: StartCommand
    ) -> StateMachineDefinition? {
        if let compiled = command.compiled[revision.digest] ?? revision.compiledLately {
            return compiled
        }
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
    ///
    /// Whether its name is free is decided when the turn is made durable; until then nothing of the
    /// execution is seen outside (see `refused`).
    func launch(
        _ input: StartInput,
        running definition: StateMachineDefinition,
        claim: NameClaim?,
        at now: Timestamp
    ) -> ResidentExecution? {
        let number = nextNumber
        nextNumber = ExecutionNumber(number.rawValue + 1)
        let resident = ResidentExecution(
            number: number,
            state: ExecutionState(execution: number, definition: definition),
            // No time is recorded that is before the epoch.
            head: .before(number, input: input, startDate: max(now, Timestamp(milliseconds: 0)))
        )
        residents.insert(resident)
        resident.isFresh = true
        resident.claim = claim
        freshNames[ByteKey(input.executionARN)] = number
        guard case .accepted = turn(resident, .start(input), at: now) else { return nil }
        return resident
    }

    /// The execution that a name is taken by, as far as memory knows.
    func knownHolder(
        of name: String,
        in stateMachineARN: String,
        against claim: NameClaim
    ) -> ExecutionHead? {
        let key = HolderQuery(name: name, stateMachineARN: stateMachineARN).key
        if let fresh = freshNames[key], let resident = present(fresh) { return resident.head }
        guard let known = attempt.holders[key], let stored = known else { return nil }
        let head = present(stored.execution)?.head ?? stored
        return claim.isBarred(by: head) ? head : nil
    }

    /// The execution that a name is taken by.
    ///
    /// Throws when that has to be looked up first.
    func holder(
        of name: String,
        in stateMachineARN: String,
        against claim: NameClaim
    ) throws(Missing) -> ExecutionHead? {
        if let known = knownHolder(of: name, in: stateMachineARN, against: claim) { return known }
        let query = HolderQuery(name: name, stateMachineARN: stateMachineARN)
        guard attempt.holders[query.key] == nil else { return nil }
        throw .holder(query)
    }

    /// A claim to a name, which is free again some time after the execution that had it stopped.
    func nameClaim(at now: Timestamp) -> NameClaim {
        NameClaim(freeBefore: now.advanced(byMilliseconds: -limits.nameRetentionMilliseconds))
    }

    /// What a start claims its name with.
    private func claim(of command: StartCommand, at now: Timestamp) -> NameClaim {
        command.occurrence == nil
            ? nameClaim(at: now) : NameClaim(freeBefore: Timestamp(milliseconds: .min))
    }

    private func answerTaken(
        _ command: StartCommand,
        by head: ExecutionHead,
        machine: StateMachineEntry
    ) throws(Missing) {
        let arn = ExecutionARN(
            stateMachineARN: machine.arn,
            name: head.executionName,
            isExpress: machine.type == .express
        ).string
        let taken = ServiceError.executionAlreadyExists(arn)
        // One that has ended may be what the same task has started.
        guard head.summary.status == .running || command.nested != nil,
            let resident = try load(head.execution)
        else {
            // That it has ended may not be durable yet.
            guard let resident = present(head.execution) else {
                return command.reply(.failure(taken))
            }
            return emit(.start(command, .failure(taken)), of: resident)
        }
        let isSame = isAnswer(resident, to: command)
        let response = StartExecutionResponse(executionARN: arn, startDate: head.startDate)
        emit(.start(command, isSame ? .success(response) : .failure(taken)), of: resident)
    }

    /// Whether an execution is what a start asks for: it runs with the same input, or the same task
    /// has started it before.
    private func isAnswer(_ resident: ResidentExecution, to command: StartCommand) -> Bool {
        guard let start = resident.state.start else { return false }
        if let nested = command.nested, start.nested == nested { return true }
        return resident.state.status == .running && start.input == command.input
            && start.testCase == command.testCase
    }

    /// Refuses a start, unless its name is taken: then that is the answer.
    private func refuse(
        _ command: StartCommand,
        _ error: ServiceError,
        of machine: StateMachineEntry,
        at now: Timestamp
    ) throws(Missing) {
        if let name = command.claimedName(in: machine.type),
            let taken = try holder(of: name, in: machine.arn, against: claim(of: command, at: now))
        {
            try answerTaken(command, by: taken, machine: machine)
        } else {
            refuse(command, error, after: catalogBatch)
        }
    }

    private func refuse(_ command: StartCommand, _ error: ServiceError, after batch: UInt64) {
        let reply = command.reply
        emit(.reply { failure in reply(.failure(failure ?? error)) }, after: batch)
    }
}
