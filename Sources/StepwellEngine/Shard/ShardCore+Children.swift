import Logging
import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// The child executions of distributed Map states.
extension ShardCore {
    /// Does an errand between a Map Run's executions.
    func run(_ command: ChildCommand, at now: Timestamp) throws(Missing) {
        switch command.errand {
        case .start(let start): try startChild(start, command, at: now)
        case .stop(let stop): try stopChild(stop, command, at: now)
        case .stopNested(let stop, let parent):
            try stopNested(stop, of: parent, command, at: now)
        case .report(let outcome, let membership, let name, let token):
            // No copy of the state, which the turn would then have to make of its books.
            guard let parent = try load(membership.parent) else {
                return command.reply(.refused(stopTime: nil))
            }
            guard let asked = parent.state.childName(of: membership.child),
                asked.utf8.elementsEqual(name.utf8)
            else { return answer(command, .refused(stopTime: nil), after: parent) }
            guard parent.state.redriveToken(of: membership.child) == token else {
                askAgain(for: membership.child, of: parent)
                return answer(command, .refused(stopTime: nil), after: parent)
            }
            var outcome = outcome
            if !parent.state.keepsResults(of: membership.child.mapRun) { outcome.output = nil }
            gather(ClosedChild(membership.child, outcome), of: parent, command, at: now)
        }
    }

    /// Orders a child once more that has ended as if it had not been redriven with its run.
    ///
    /// It ended before that, which is no end after it, or it ran on because the order to stop it
    /// came after the redrive, or it never ran. Now it is redriven, or says how it has ended.
    private func askAgain(for child: MapRunChild, of parent: ResidentExecution) {
        guard let order = parent.state.startOrder(of: child) else { return }
        emit(.effect(.child(.start(order))), of: parent)
    }

    /// Starts a child, unless it was started before: then says how it ended, if it has.
    private func startChild(
        _ child: ChildStart,
        _ command: ChildCommand,
        at now: Timestamp
    ) throws(Missing) {
        // An order that may be a repetition looks before it starts anything.
        let isRepeated = child.redriveToken != nil || child.membership.parent < firstNumber
        let taken =
            isRepeated
            ? try holder(of: child.name, in: child.stateMachineARN, against: nameClaim(at: now))
            : knownHolder(of: child.name, in: child.stateMachineARN, against: nameClaim(at: now))
        if let taken, let resident = try load(taken.execution) {
            redrive(resident, by: child.redriveToken, at: now)
            reportEnd(of: resident, to: child.redriveToken)
            return answer(command, .accepted(time: resident.state.startTime), after: resident)
        }
        if let full = fullStore() { return command.reply(.failed(.storeUnavailable(full))) }
        guard let parent = try load(child.membership.parent), let start = parent.state.start else {
            return command.reply(.refused(stopTime: nil))
        }
        guard parent.state.isOpen(child.membership.child),
            let definition = try processor(of: child.membership.stateName, in: parent.state, start)
        else { return answer(command, .refused(stopTime: nil), after: parent) }
        let type: StateMachineType = child.executionType == .express ? .express : .standard
        let arn = ExecutionARN(
            stateMachineARN: child.stateMachineARN,
            name: child.name,
            isExpress: type == .express
        )
        let input = StartInput(
            name: child.name,
            stateMachineARN: child.stateMachineARN,
            executionARN: arn.string,
            definition: start.definition,
            roleARN: start.roleARN,
            // What was a record of the parent is none of the child.
            input: Payload(text: child.input.text),
            seed: entropy.bytes(32),
            semantics: Semantics.current,
            limits: configuration.executionLimits(of: type),
            traceHeader: start.traceHeader,
            testCase: start.testCase,
            mapRun: child.membership
        )
        let claim = nameClaim(at: now)
        guard let resident = launch(input, running: definition, claim: claim, at: now) else {
            return command.reply(.failed(.internalFailure("\(arn.string) was not started.")))
        }
        answer(command, .accepted(time: resident.state.startTime), after: resident)
    }

    /// What the children of a distributed Map state run.
    private func processor(
        of mapState: String,
        in parent: ExecutionState,
        _ start: StartInput
    ) throws(Missing) -> StateMachineDefinition? {
        // A child that has children itself runs a part of the machine: the whole one is asked.
        if let known = parent.definition.itemProcessor(ofMapState: mapState) { return known }
        do throws(StoreError) {
            return try catalog.definition(start.definition)?.machine(ofMapState: mapState)
        } catch {
            throw .unreadable(error)
        }
    }

    /// Has a child that ended without success go on, once for each redrive of its Map Run.
    ///
    /// One that cannot be redriven stays as it is, and its end is reported again.
    private func redrive(_ child: ResidentExecution, by token: String?, at now: Timestamp) {
        guard let token, child.state.isRedrivable,
            !child.state.redrives.contains(where: {
                $0.clientToken.utf8.elementsEqual(token.utf8)
            }),
            redriveRules(for: child.head.stateMachineARN, at: now)
                .lastingObstacle(
                    to: child.head,
                    historyEvents: child.state.start?.limits.historyEvents ?? 0
                ) == nil
        else { return }
        _ = turn(child, .redrive(clientToken: token), at: now)
    }

    private func stopChild(
        _ child: ChildStop,
        _ command: ChildCommand,
        at now: Timestamp
    ) throws(Missing) {
        guard
            let head = try holder(
                of: child.name,
                in: child.stateMachineARN,
                against: nameClaim(at: now)
            )
        else {
            return command.reply(.unknown)
        }
        // A redrive that came before this order could be done wants the child again.
        if let resident = try load(head.execution), let membership = resident.state.start?.mapRun,
            try load(membership.parent)?.state.isOpen(membership.child) == true
        {
            return answer(command, .accepted(time: now), after: resident)
        }
        let stop = InputCommand(
            execution: head.execution,
            input: .stop(Failure(error: nil, cause: nil)),
            reply: command.reply
        )
        try input(stop, at: now)
    }

    /// Tells the parent of a child that has closed, when that is durable: with the token of the
    /// redrive that asks, or of the child's own last one.
    func reportEnd(of resident: ResidentExecution, to redriveToken: String? = nil) {
        let state = resident.state
        guard let membership = state.start?.mapRun, state.status != .running else { return }
        let outcome = MapRunChildOutcome(
            status: state.status,
            output: state.output.map { Payload(text: $0.text) }
        )
        let report = ChildErrand.report(
            outcome,
            of: membership,
            name: resident.head.executionName,
            redriveToken: redriveToken ?? state.redrives.last?.clientToken
        )
        emit(.effect(.child(report)), of: resident)
    }

    /// Looks at an execution's state for somebody.
    func state(_ command: StateCommand) throws(Missing) {
        guard let resident = try load(command.execution) else { return command.look(nil)(nil) }
        emit(.reply(command.look(resident.state)), of: resident)
    }

    func answer(
        _ command: ChildCommand,
        _ answer: InputAnswer,
        after resident: ResidentExecution
    ) {
        emit(.child(command, answer), of: resident)
    }
}
