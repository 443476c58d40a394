import StepwellHistory
import StepwellJSON

/// One record body of every case of the model, with distinguishable values.
enum Samples {
    static func payload(_ text: String) -> Payload {
        Payload(text: Array(text.utf8))
    }

    static let failure = Failure(error: "States.TaskFailed", cause: "the sky fell")
    static let due = Timestamp(milliseconds: 1_795_000_060_500)
    static let resource = TaskResource(resourceType: "sqs", resource: "sendMessage")
    static let scheduled = WorkScheduledDetails(
        resource: "arn:aws:states:us-east-1:000000000000:activity:pick",
        input: payload(#"{"a":1}"#),
        timeoutInSeconds: 60,
        heartbeatInSeconds: 10,
        credentialsRoleARN: "arn:aws:iam::000000000000:role/other"
    )
    static let start = StartInput(
        name: "order-1",
        stateMachineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:orders",
        executionARN: "arn:aws:states:us-east-1:000000000000:execution:orders:order-1",
        definition: DefinitionDigest(bytes: Array(0..<32)),
        roleARN: "arn:aws:iam::000000000000:role/orders",
        input: payload(#"{"order":"é","n":1.0}"#),
        seed: Array(100..<132),
        semantics: 3,
        limits: LimitsProfile(historyEvents: 1000, payloadBytes: 4096),
        traceHeader: "Root=1-2-3",
        stateMachineAliasARN: "arn:aws:states:us-east-1:000000000000:stateMachine:orders:live",
        stateMachineVersionARN: "arn:aws:states:us-east-1:000000000000:stateMachine:orders:7"
    )

    static let startOfTestCase: StartInput = {
        var start = Samples.start
        start.testCase = "HappyPath"
        return start
    }()

    static let inputs: [Input] = [
        .start(start),
        .taskStarted(Ordinal(4), workerName: "worker 1"),
        .taskStarted(Ordinal(4), workerName: nil),
        .taskSubmitted(Ordinal(5), output: payload("[]")),
        .taskSucceeded(Ordinal(6), output: payload("null")),
        .taskFailed(Ordinal(7), failure),
        .taskFailed(Ordinal(7), Failure(error: nil)),
        .taskHeartbeat(Ordinal(8)),
        .timerFired(Ordinal(9)),
        .stop(Failure(error: "Stopped", cause: nil)),
        .continueTurn,
        .raiseSemantics(65_535),
    ]

    static let submissions: [Input] = [.taskSubmitFailed(Ordinal(7), failure)]
    static let redrives: [Input] = [.redrive(clientToken: "0b9f-once"), .redrive(clientToken: nil)]

    static let refusals: [EngineRecord] = [
        .handlerAbsent(resource: "arn:aws:states:::post:send", stateName: "Send"),
        .activitiesExhausted(limit: 1_000),
    ]

    static let engineRecords: [EngineRecord] =
        TimerKind.allCases.map { .timerArmed($0, due: due) }
        + [RandomPurpose.uuid, .mathRandom, .jitter].map { .randomDrawn($0, value: "0.25") }
        + [.handled, .fatal].map { .stateFailed(failure, kind: $0) }
        + [
            .timerArmed(.wait, due: Timestamp(milliseconds: .min)),
            .timerArmed(.wait, due: Timestamp(milliseconds: .max)),
            .retryScheduled(retrier: 1, attempt: 2, delay: 1500, due: due),
            .catcherMatched(index: 3),
            .ruleMatched(index: 4),
            .ruleMatched(index: nil),
            .tokenMinted(secret: Array(1...16)),
            .itemsResolved(items: payload("[1,2,3]"), maxConcurrency: 40),
            .branchFailed,
            .activityAbsent(activityARN: "arn:aws:states:us-east-1:000000000000:activity:gone"),
            .taskRedelivered(count: 2, workerName: "worker 2"),
            .semanticsRaised(9),
        ]

    static let stateEvents: [HistoryEventBody] =
        StateType.allCases.map {
            .stateEntered($0, StateEnteredDetails(name: "In \($0.rawValue)", input: payload("1")))
        }
        + StateType.allCases.filter { $0 != .fail }.map {
            .stateExited($0, StateExitedDetails(name: "Out \($0.rawValue)", output: payload("2")))
        }
        + [.task, .wait, .parallel, .map].map { .stateAborted($0) }
        + [
            .stateExited(
                .pass,
                StateExitedDetails(
                    name: "Assigning",
                    output: payload("{}"),
                    assignedVariables: [
                        AssignedVariable(name: "x", value: payload("1")),
                        AssignedVariable(name: "y", value: payload(#"{"z":[]}"#)),
                    ]
                )
            ),
            .parallelStateStarted, .parallelStateSucceeded, .parallelStateFailed,
            .mapStateStarted(length: 300), .mapStateSucceeded, .mapStateFailed,
            .evaluationFailed(
                EvaluationFailedDetails(failure: failure, location: "Output", state: "Calculate")
            ),
            .evaluationFailed(
                EvaluationFailedDetails(failure: failure, location: nil, state: "Calculate")
            ),
        ]
        + MapIterationPhase.allCases.map {
            .mapIteration($0, MapIterationDetails(name: "Each", index: 129))
        }

    static let executionEvents: [HistoryEventBody] = [
        .executionStarted(
            ExecutionStartedDetails(
                input: payload("{}"),
                roleARN: start.roleARN,
                stateMachineAliasARN: start.stateMachineAliasARN,
                stateMachineVersionARN: start.stateMachineVersionARN
            )
        ),
        .executionSucceeded(output: payload(#""done""#)),
        .executionFailed(failure),
        .executionAborted(Failure(error: nil)),
        .executionTimedOut(failure),
        .executionRedriven(redriveCount: 2),
        .mapRun(.started(mapRunARN: "arn:aws:states:us-east-1:000000000000:mapRun:m/l:u")),
        .mapRun(.succeeded), .mapRun(.failed(failure)), .mapRun(.aborted),
        .mapRun(.redriven(mapRunARN: "arn:aws:states:::mapRun:m", redriveCount: 1)),
    ]

    static let workEvents: [HistoryEventBody] = [
        .task(
            .scheduled(
                TaskScheduledDetails(
                    resource: resource,
                    region: "us-east-1",
                    parameters: payload(#"{"MessageBody":"x"}"#),
                    timeoutInSeconds: 99,
                    heartbeatInSeconds: 9,
                    credentialsRoleARN: "arn:aws:iam::000000000000:role/other"
                )
            )
        ),
        .task(.started(resource)), .task(.startFailed(resource, failure)),
        .task(.submitted(resource, output: payload("3"))),
        .task(.submitFailed(resource, failure)),
        .task(.succeeded(resource, output: payload("4"))),
        .task(.failed(resource, failure)), .task(.timedOut(resource, failure)),
        .activity(.scheduled(scheduled)), .activity(.scheduleFailed(failure)),
        .activity(.started(workerName: "w")), .activity(.started(workerName: nil)),
        .activity(.succeeded(output: payload("5"))), .activity(.failed(failure)),
        .activity(.timedOut(failure)),
        .lambdaFunction(.scheduled(scheduled)), .lambdaFunction(.scheduleFailed(failure)),
        .lambdaFunction(.started), .lambdaFunction(.startFailed(failure)),
        .lambdaFunction(.succeeded(output: payload("6"))), .lambdaFunction(.failed(failure)),
        .lambdaFunction(.timedOut(failure)),
    ]

    static let events = executionEvents + stateEvents + workEvents

    /// Fuller events of types that are in `events`; not in the goldens.
    static let fullerEvents: [HistoryEventBody] =
        StateType.allCases.filter { $0 != .fail }.map {
            .stateExited(
                $0,
                StateExitedDetails(
                    name: "Out",
                    output: payload("2"),
                    assignedVariables: [AssignedVariable(name: "x", value: payload("1"))]
                )
            )
        }
        + [.executionAborted(failure)]

    static let synchronousStart = {
        var start = Samples.start
        start.testCase = "happy"
        start.isSynchronous = true
        return start
    }()

    static let nestedStart = {
        var start = Samples.start
        start.testCase = "happy"
        start.nested = NestedMembership(parent: ExecutionNumber(300), task: Ordinal(129))
        return start
    }()

    static let startOfChild = {
        var start = Samples.start
        start.testCase = "happy"
        start.mapRun = MapRunMembership(
            mapRunARN: "arn:aws:states:us-east-1:000000000000:mapRun:orders/each:u",
            parent: ExecutionNumber(300),
            child: MapRunChild(mapRun: 1, index: 129),
            stateName: "Each"
        )
        return start
    }()

    static let mapRunInputs: [Input] = [
        .childClosed(
            MapRunChild(mapRun: 0, index: 200),
            MapRunChildOutcome(status: .succeeded, output: payload("[1]"))
        ),
        .childClosed(
            MapRunChild(mapRun: 2, index: 0),
            MapRunChildOutcome(status: .timedOut, output: nil)
        ),
        .mapRunUpdated(mapRun: 1, MapRunUpdate()),
        .mapRunUpdated(
            mapRun: 1,
            MapRunUpdate(
                maxConcurrency: 300,
                toleratedFailureCount: 7,
                toleratedFailurePercentage: 12.5
            )
        ),
    ]

    static let mapRunDataInputs: [Input] = [
        .itemsRead(
            mapRun: 1,
            ItemPage(
                order: 300,
                items: payload("[1,{\"a\":2}]"),
                origins: [
                    ItemOrigin(count: 1, source: "S3://bucket/one"),
                    ItemOrigin(count: 1, source: "S3://bucket/two"),
                ],
                next: [1, 2, 255]
            )
        ),
        .itemsRead(mapRun: 0, ItemPage(order: 0, items: payload("[]"))),
        .itemsNotRead(mapRun: 0, order: 1, Failure(error: "States.ItemReaderFailed", cause: "No.")),
        .resultsWritten(mapRun: 0, asked: Ordinal(9), output: payload("{}"), count: 70_000),
        .resultsNotWritten(mapRun: 0, asked: Ordinal(9), Failure(error: "E", cause: nil)),
    ]

    static let closedTogether: [Input] = [
        .childrenClosed([
            ClosedChild(
                MapRunChild(mapRun: 0, index: 1),
                MapRunChildOutcome(status: .succeeded, output: payload("[1]"))
            ),
            ClosedChild(
                MapRunChild(mapRun: 1, index: 900),
                MapRunChildOutcome(status: .failed, output: nil)
            ),
        ])
    ]

    static let mapRunDataRecords: [EngineRecord] = [
        .mapRunConfigured(payload("{\"ItemReader\":{}}")),
        .batchScheduled(index: 130, items: 1_000, input: payload("{\"Items\":[]}")),
        .resultsDue,
    ]

    static let nestedInputs: [Input] = [.nestedStopped(Ordinal(300))]

    static let mapRunRecords: [EngineRecord] = [
        .mapRunPrepared(
            id: Array(1...16),
            toleratedFailureCount: nil,
            toleratedFailurePercentage: nil
        ),
        .mapRunPrepared(
            id: Array(1...16),
            toleratedFailureCount: 9,
            toleratedFailurePercentage: 99.5
        ),
        .childScheduled(index: 300, input: payload(#"{"item":1}"#)),
    ]

    static let redriveRecords: [EngineRecord] = [.childRedriven(index: 300)]

    static let families: [(name: String, turn: Turn)] = [
        ("inputs", turn(inputs: inputs, first: Ordinal(1))),
        ("engine records", turn(engine: engineRecords)),
        ("a redriven child", turn(engine: redriveRecords)),
        ("execution events", turn(events: executionEvents)),
        ("state events", turn(events: stateEvents)),
        ("work events", turn(events: workEvents)),
        ("a start of a test case", turn(inputs: [.start(startOfTestCase)], first: Ordinal(1))),
        (
            "a synchronous start",
            turn(inputs: [.start(synchronousStart)], first: Ordinal(1))
        ),
        (
            "an expression's random words",
            turn(engine: [.randomDrawn(.jsonata, value: "18446744073709551615")])
        ),
        ("a failed submission", turn(inputs: submissions)),
        (
            "redrives",
            turn(inputs: redrives)
        ),
        ("a catcher's failure", turn(engine: [.stateFailed(failure, kind: .uncaught)])),
        ("a start of a Map Run's child", turn(inputs: [.start(startOfChild)], first: Ordinal(1))),
        ("Map Runs", turn(inputs: mapRunInputs, engine: mapRunRecords)),
        ("data of Map Runs", turn(inputs: mapRunDataInputs, engine: mapRunDataRecords)),
        ("children of Map Runs that closed together", turn(inputs: closedTogether)),
        ("a start of a nested execution", turn(inputs: [.start(nestedStart)], first: Ordinal(1))),
        ("the end of a nested execution", turn(inputs: nestedInputs)),
        ("work that nothing does", turn(engine: refusals)),
    ]

    static let everything = turn(
        inputs: inputs + redrives + submissions,
        engine: engineRecords + refusals,
        events: events
    )
}
