/// What may happen to an execution: the recorded cause of each turn.
///
/// A turn's first record is its input; everything after it in the turn follows from the state
/// before and the input, which is what replay proves.
package enum Input: Sendable, Equatable {
    /// Boxed, since it is large and comes once in an execution.
    indirect case start(StartInput)
    /// A worker took the task; for activities AWS records it.
    case taskStarted(Ordinal, workerName: String?)
    /// The first half of `.sync` and `.waitForTaskToken` is done.
    case taskSubmitted(Ordinal, output: Payload)
    case taskSucceeded(Ordinal, output: Payload)
    case taskFailed(Ordinal, Failure)
    /// The first half of `.sync` and `.waitForTaskToken` failed.
    case taskSubmitFailed(Ordinal, Failure)
    case taskHeartbeat(Ordinal)
    /// The timer armed by the record with this ordinal is due.
    case timerFired(Ordinal)
    /// StopExecution.
    case stop(Failure)
    /// The turn before ended at its budget.
    case continueTurn
    /// Follow a newer revision of the semantics.
    case raiseSemantics(UInt16)
    /// A child of a Map Run has closed.
    case childClosed(MapRunChild, MapRunChildOutcome)
    /// Several children of Map Runs have closed; at most `ClosedChild.most`.
    case childrenClosed([ClosedChild])
    /// UpdateMapRun; `mapRun` is the run's place among those of the execution, from 0.
    case mapRunUpdated(mapRun: Int, MapRunUpdate)
    /// RedriveExecution: an execution that closed without success runs again.
    case redrive(clientToken: String?)
    /// The nested execution or the job of a task that is over does not run any more.
    case nestedStopped(Ordinal)
    /// Items of a Map Run were read; `mapRun` is the run's place, as in the others.
    case itemsRead(mapRun: Int, ItemPage)
    /// The page of an order cannot be read.
    case itemsNotRead(mapRun: Int, order: Int, Failure)
    /// The results of a Map Run, asked for by the record with this ordinal, are written: how many,
    /// and what stands for them as the state's result.
    case resultsWritten(mapRun: Int, asked: Ordinal, output: Payload, count: Int)
    /// The results of a Map Run cannot be written.
    case resultsNotWritten(mapRun: Int, asked: Ordinal, Failure)
}

/// Everything an execution is given when it starts.
package struct StartInput: Sendable, Equatable {
    /// The execution's name, unique within its state machine.
    package var name: String
    package var stateMachineARN: String
    package var executionARN: String
    /// The digest of the definition revision that the execution follows to its end.
    package var definition: DefinitionDigest
    package var roleARN: String
    package var input: Payload
    /// 32 random bytes from which every draw of this execution is derived.
    package var seed: [UInt8]
    /// The revision of the semantics in force at the start.
    package var semantics: UInt16
    /// The limits in force, fixed for the execution's life.
    package var limits: LimitsProfile
    package var traceHeader: String?
    package var stateMachineAliasARN: String?
    package var stateMachineVersionARN: String?
    /// The test case whose mocked responses stand for the work of Task states.
    package var testCase: String?
    /// Set for a child execution of a distributed Map.
    package var mapRun: MapRunMembership?
    /// Whether StartSyncExecution started it.
    package var isSynchronous: Bool
    /// Set for the nested execution of a task that ends with it.
    package var nested: NestedMembership?

    package init(
        name: String,
        stateMachineARN: String,
        executionARN: String,
        definition: DefinitionDigest,
        roleARN: String,
        input: Payload,
        seed: [UInt8],
        semantics: UInt16,
        limits: LimitsProfile,
        traceHeader: String? = nil,
        stateMachineAliasARN: String? = nil,
        stateMachineVersionARN: String? = nil,
        testCase: String? = nil,
        mapRun: MapRunMembership? = nil,
        isSynchronous: Bool = false,
        nested: NestedMembership? = nil
    ) {
        self.name = name
        self.stateMachineARN = stateMachineARN
        self.executionARN = executionARN
        self.definition = definition
        self.roleARN = roleARN
        self.input = input
        self.seed = seed
        self.semantics = semantics
        self.limits = limits
        self.traceHeader = traceHeader
        self.stateMachineAliasARN = stateMachineAliasARN
        self.stateMachineVersionARN = stateMachineVersionARN
        self.testCase = testCase
        self.mapRun = mapRun
        self.isSynchronous = isSynchronous
        self.nested = nested
    }
}

extension StartInput {
    /// Whether the execution is one of an Express workflow:
    /// `arn:…:express:STATE-MACHINE:NAME:UUID`, its name here being `NAME:UUID`, which is its own
    /// even when many are started with one name.
    package var isExpress: Bool {
        let parts = executionARN.utf8.split(
            separator: UInt8(ascii: ":"),
            maxSplits: 6,
            omittingEmptySubsequences: false
        )
        return parts.count > 5 && parts[5].elementsEqual("express".utf8)
    }

    /// The name that the execution was started with.
    package var givenName: String {
        String(Substring(name.utf8.prefix { $0 != UInt8(ascii: ":") }))
    }
}
