/// A decision that the log holds and `GetExecutionHistory` does not show.
package enum EngineRecord: Sendable, Equatable {
    /// A durable timer was armed; its identity is the ordinal of this record.
    case timerArmed(TimerKind, due: Timestamp)
    /// A retrier matched: the state runs again when the timer (this record) fires.
    ///
    /// `retrier` is its index in `Retry`, `attempt` counts from 1, `delay` is in milliseconds.
    case retryScheduled(retrier: Int, attempt: Int, delay: Int64, due: Timestamp)
    /// A catcher matched, by its index in `Catch`.
    case catcherMatched(index: Int)
    /// A choice rule matched, by its index in `Choices`; nil stands for `Default`.
    case ruleMatched(index: Int?)
    /// The secret half of the task token of the branch's state (16 bytes).
    case tokenMinted(secret: [UInt8])
    /// A random value was drawn, for the purpose named.
    case randomDrawn(RandomPurpose, value: String)
    /// The array that a Map state iterates over, and how many iterations may run at once.
    case itemsResolved(items: Payload, maxConcurrency: Int)
    /// A branch of a Parallel state failed; the failure goes on to the Parallel state.
    case branchFailed
    /// The activity that a Task state names did not exist when the state ran.
    case activityAbsent(activityARN: String)
    /// Nothing served the resource of a Task state when its work was to be scheduled or started.
    case handlerAbsent(resource: String, stateName: String)
    /// The execution had as many open activities as it may have; `limit` was the quota then.
    case activitiesExhausted(limit: Int)
    /// The branch's state failed in a way that no AWS event of its own records.
    case stateFailed(Failure, kind: StateFailureKind)
    /// A task that was handed out before is handed out again; `count` is the number of deliveries.
    case taskRedelivered(count: Int, workerName: String?)
    /// From here on the execution follows this revision of the semantics.
    case semanticsRaised(UInt16)
    /// A Map Run of a distributed Map is about to start: its identity (16 bytes) and how many or
    /// what part of its items (in percent) may fail; nil where nothing was said.
    case mapRunPrepared(
        id: [UInt8],
        toleratedFailureCount: Int64?,
        toleratedFailurePercentage: Double?
    )
    /// The child execution for an item was started with this input.
    case childScheduled(index: Int, input: Payload)
    /// The child execution for an item, which did not succeed, runs again.
    case childRedriven(index: Int)
    /// What a Map Run reads, batches and writes, its fields evaluated: a JSON object with
    /// `ItemReader`, `ItemBatcher` and `ResultWriter`, those that the state has.
    case mapRunConfigured(Payload)
    /// The child execution for the next `items` items together was started with this input.
    case batchScheduled(index: Int, items: Int, input: Payload)
    /// Every child of a Map Run has ended, or is given up: the results are to be written.
    case resultsDue
}

/// What a timer is for.
package enum TimerKind: UInt8, Sendable, CaseIterable {
    case wait = 0
    case taskTimeout = 1
    case heartbeat = 2
    case executionTimeout = 3
    /// Armed by `retryScheduled`.
    case retry = 4
}

/// What a random value was drawn for.
package enum RandomPurpose: UInt8, Sendable, CaseIterable {
    case uuid = 0
    case mathRandom = 1
    case jitter = 2
    /// The seed of the random words of the expressions of one field, or of one exit.
    case jsonata = 3
}

/// How far a failure may be handled.
package enum StateFailureKind: UInt8, Sendable, CaseIterable {
    /// Retriers and catchers of the state are asked.
    case handled = 0
    /// Ends the execution; no retrier or catcher is asked (`States.Runtime`).
    case fatal = 1
    /// A catcher of the state has failed: only those of the states around it are asked.
    case uncaught = 2
}
