package import StepwellHistory

/// A nested execution that its task has given up: owed until it is known that it does not run.
package struct NestedStop: Sendable, Equatable {
    /// How the nested execution is found.
    package enum Child: Sendable, Equatable {
        /// By what StartExecution answered.
        case answered(Payload)
        /// By the parameters of the task: it is not recorded whether the start took place.
        case asked(Payload)
    }

    /// The task that started it.
    package var task: Ordinal
    /// The id of the task's `…Scheduled` event.
    package var scheduledEventID: EventID
    package var child: Child

    package init(task: Ordinal, scheduledEventID: EventID, child: Child) {
        self.task = task
        self.scheduledEventID = scheduledEventID
        self.child = child
    }
}

extension TaskKind {
    /// Whether the task ends with an execution that it starts: `startExecution.sync`, `.sync:2`.
    var isNested: Bool {
        guard case .integration(let resource) = self,
            resource.resourceType.utf8.elementsEqual("states".utf8)
        else { return false }
        return resource.resource.utf8.elementsEqual("startExecution.sync".utf8)
            || resource.resource.utf8.elementsEqual("startExecution.sync:2".utf8)
    }
}

extension ExecutionState {
    /// Gives a task up that has not ended: nobody is to work on it, and an execution that it has
    /// started, or may have, is to be stopped.
    mutating func giveUp(_ task: TaskActivation) {
        let ordinal = task.dispatch.ordinal
        cancelled.append(ordinal)
        guard task.kind.isNested, task.isStarted, !owedStops.contains(where: { $0.task == ordinal })
        else { return }
        owedStops.append(
            NestedStop(
                task: ordinal,
                scheduledEventID: task.dispatch.scheduledEventID,
                child: task.submitted.map { .answered($0) } ?? .asked(task.dispatch.parameters)
            )
        )
    }

    /// How many of the stops count as work: in older revisions they were not owed.
    var owedStopCount: Int {
        semantics >= Semantics.nestedStopsOwed ? owedStops.count : 0
    }
}

extension NestedStop.Child {
    /// What the execution is found by.
    package var payload: Payload {
        switch self {
        case .answered(let payload), .asked(let payload): payload
        }
    }
}

extension SnapshotWriter {
    mutating func write(_ stop: NestedStop) {
        writeVarint(stop.task.rawValue)
        writeSigned(stop.scheduledEventID)
        if case .answered = stop.child { write(true) } else { write(false) }
        write(stop.child.payload)
    }
}

extension SnapshotReader {
    mutating func readNestedStop() throws(ByteReaderError) -> NestedStop {
        let task = Ordinal(try readVarint())
        let scheduled = try readSigned()
        let isAnswered = try readFlag()
        let payload = try readPayload()
        return NestedStop(
            task: task,
            scheduledEventID: scheduled,
            child: isAnswered ? .answered(payload) : .asked(payload)
        )
    }
}
