import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter

extension ShardCore {
    /// Takes an execution's state into memory's books.
    func keep(_ resident: ResidentExecution) {
        residents[resident.number] = resident
        evictionOrder.append(resident.number)
    }

    /// The execution's state, from memory or from the store; nil when there is no such execution.
    func load(_ number: ExecutionNumber) throws(StoreError) -> ResidentExecution? {
        if let resident = residents[number] {
            resident.isRecent = true
            return resident
        }
        guard number != .catalog,
            let head = try store.head(of: number),
            let resident = try StateLoader(store: store, catalog: catalog).load(head)
        else { return nil }
        keep(resident)
        do throws(StoreError) {
            try stopIfOrphan(resident)
        } catch {
            residents[number] = nil
            throw error
        }
        return resident
    }

    /// What asking for an execution's state came to.
    enum Loading {
        case resident(ResidentExecution)
        /// There is no such execution.
        case absent
        /// It is there, and cannot be read now: it has to be asked for again.
        case unreadable
    }

    /// The execution's state; says so in the log when it cannot be read.
    func loaded(_ number: ExecutionNumber) -> Loading {
        do throws(StoreError) {
            return try load(number).map(Loading.resident) ?? .absent
        } catch {
            logger.error(
                "execution cannot be loaded",
                metadata: ["execution": "\(number.rawValue)", "error": "\(error)"]
            )
            return .unreadable
        }
    }

    /// Forgets what has become durable: fresh names, and closed executions altogether.
    func retire() {
        let durable = watermark.durable
        while let first = undurable.first, first.batch <= durable {
            undurable.removeFirst()
            guard let resident = residents[first.execution], resident.lastBatch <= durable else {
                continue
            }
            if resident.isFresh, let start = resident.state.start {
                resident.isFresh = false
                freshNames[ByteKey(start.executionARN)] = nil
            }
            if resident.head.summary.status != .running { residents[first.execution] = nil }
        }
        if failuresInARow > 0, durable > lastFailedBatch { noteRecovery() }
    }

    /// Lets go of states that were not used lately while there are more than may be: a second
    /// chance to each, none to those whose turns are not durable.
    func evict() {
        // Read once: `retire` has forgotten the fresh names up to some watermark, and the watermark
        // may have risen since; a fresh execution is not let go before its name is forgotten.
        let durable = watermark.durable
        var looks = 0
        while residents.count > limits.residentExecutions, looks < 256,
            let number = evictionOrder.popFirst()
        {
            looks += 1
            guard let resident = residents[number] else { continue }
            if resident.isReady || resident.isRecent || resident.isFresh
                || resident.lastBatch > durable
            {
                resident.isRecent = false
                evictionOrder.append(number)
            } else {
                residents[number] = nil
            }
        }
        // Closed executions leave their places behind.
        if evictionOrder.count > 2 * residents.count + 1_024 {
            evictionOrder.removeAll { residents[$0] == nil }
        }
    }
}
