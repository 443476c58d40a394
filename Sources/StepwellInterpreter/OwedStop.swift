package import StepwellHistory

/// What a task has started and given up, a nested execution or a job: owed until it is known that
/// it does not run.
package struct OwedStop: Sendable, Equatable {
    /// The task that started it, as it was handed out.
    package var dispatch: TaskDispatch
    /// What the start was answered with; nil when it is not recorded whether it took place.
    package var submitted: Payload?

    package init(dispatch: TaskDispatch, submitted: Payload?) {
        self.dispatch = dispatch
        self.submitted = submitted
    }

    /// The task that started it.
    package var task: Ordinal { dispatch.ordinal }

    /// Whether it is an execution of this engine.
    package var isNested: Bool { TaskResourceName(dispatch.resource).kind.isNested }

    /// The bytes of its payloads.
    package var byteCount: Int { dispatch.parameters.text.count + (submitted?.text.count ?? 0) }

    /// The text of a payload that it holds, by its place in the log.
    func payload(at location: PayloadLocation) -> [UInt8]? {
        if dispatch.parameters.location == location { return dispatch.parameters.text }
        return submitted?.location == location ? submitted?.text : nil
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

    /// Whether the task ends with something that it starts and that runs on by itself, an execution
    /// or a job: an integration's `.sync` and `.sync:2`.
    var endsWithWork: Bool {
        guard case .integration(let resource) = self,
            !resource.resourceType.utf8.elementsEqual("local".utf8)
        else { return false }
        return [".sync", ".sync:2"].contains {
            resource.resource.utf8.suffix($0.utf8.count).elementsEqual($0.utf8)
        }
    }
}

extension SnapshotWriter {
    mutating func write(_ stop: OwedStop) {
        write(stop.dispatch)
        writeOptional(stop.submitted) { $0.write($1) }
    }
}

extension SnapshotReader {
    mutating func readOwedStop() throws(ByteReaderError) -> OwedStop {
        let dispatch = try readDispatch()
        return OwedStop(dispatch: dispatch, submitted: try readFlag() ? try readPayload() : nil)
    }
}
