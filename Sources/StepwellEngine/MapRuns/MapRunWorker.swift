import DequeModule
import Logging
import StepwellHistory
import StepwellInterpreter
import Synchronization

/// Reads items and writes results for Map Runs: a bounded number of reads and writes at once, each
/// on the cooperative pool, its outcome given back as an input until that is recorded or refused.
final class MapRunWorker: Sendable {
    private struct State: Sendable {
        var queue: Deque<MapRunAssignment> = []
        /// What is queued or running.
        var inHand: Set<MapRunAssignment.Key> = []
        var running: [MapRunAssignment.Key: Task<Void, Never>?] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let engine: EngineReference
    private let source: (any ItemSource)?
    private let target: (any ResultTarget)?
    private let limits: EngineLimits
    private let logger: Logger

    /// Without a source or a target, runs that need one fail by name.
    init(engine: EngineReference, configuration: EngineConfiguration) {
        self.engine = engine
        source = configuration.itemSource
        target = configuration.resultTarget
        limits = configuration.limits
        logger = configuration.logger
    }

    /// Has work done, unless it is in hand already, and returns at once.
    func perform(_ assignment: MapRunAssignment) {
        state.withLock { state in
            guard !state.isClosed, state.inHand.insert(assignment.key).inserted else { return }
            state.queue.append(assignment)
        }
        startQueued()
    }

    /// Cancels everything and takes no more; returns when nothing is in hand or the deadline has
    /// passed.
    func close(by deadline: Deadline) async {
        let running = state.withLock { state in
            state.isClosed = true
            state.queue = []
            return state.running.values.compactMap(\.self)
        }
        for task in running { task.cancel() }
        _ = await deadline.end(of: { for task in running { await task.value } })
    }

    /// Whether nothing is read or written.
    var isIdle: Bool { state.withLock { $0.inHand.isEmpty } }

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func startQueued() {
        while let next = nextQueued() {
            let task = Task {
                await self.run(next)
                self.finish(next.key)
            }
            let isClosed = state.withLock { state in
                // It may have ended before it is noted.
                if state.running[next.key] != nil { state.running[next.key] = .some(task) }
                return state.isClosed
            }
            if isClosed { task.cancel() }
        }
    }

    private func nextQueued() -> MapRunAssignment? {
        state.withLock { state in
            guard state.running.count < limits.mapRunDataTasks,
                let next = state.queue.popFirst()
            else { return nil }
            state.running[next.key] = .some(nil)
            return next
        }
    }

    private func finish(_ key: MapRunAssignment.Key) {
        state.withLock { state in
            state.running[key] = nil
            state.inHand.remove(key)
        }
        startQueued()
    }

    private func run(_ assignment: MapRunAssignment) async {
        let input =
            switch assignment.work {
            case .read(let read): await self.read(read, for: assignment)
            case .write(let write): await self.write(write, for: assignment)
            }
        if let input { await deliver(input, to: assignment.execution) }
    }

    /// The page as an input; nil when the engine ends.
    private func read(_ read: ItemRead, for assignment: MapRunAssignment) async -> Input? {
        do throws(MapRunDataFault) {
            guard let source else {
                throw MapRunDataFault(
                    "Nothing reads objects: give the engine a source of items, such as a folder "
                        + "that stands for the bucket."
                )
            }
            var page = try await source.read(
                ItemRequest(
                    reader: read.reader,
                    cursor: read.cursor,
                    limit: read.limit,
                    order: read.order,
                    pageBytes: limits.itemPageBytes,
                    mapRunARN: read.mapRunARN,
                    roleARN: assignment.roleARN
                )
            )
            page.order = read.order
            return .itemsRead(mapRun: read.mapRun, page)
        } catch {
            // What fails because it is called back says nothing about the items.
            if isClosed { return nil }
            let name = error.error ?? "States.ItemReaderFailed"
            let failure = Failure(error: name, cause: error.cause)
            return .itemsNotRead(mapRun: read.mapRun, order: read.order, failure)
        }
    }

    private func write(_ write: ResultWrite, for assignment: MapRunAssignment) async -> Input? {
        guard let engine = await engine.value() else { return nil }
        do throws(MapRunDataFault) {
            let export = ResultExport(
                engine: engine,
                target: target,
                write: write,
                execution: assignment.execution,
                roleARN: assignment.roleARN
            )
            guard let (output, count) = try await export.run() else { return nil }
            return .resultsWritten(
                mapRun: write.mapRun,
                asked: write.asked,
                output: output,
                count: count
            )
        } catch {
            if isClosed { return nil }
            let name = error.error ?? "States.ResultWriterFailed"
            let failure = Failure(error: name, cause: error.cause)
            return .resultsNotWritten(mapRun: write.mapRun, asked: write.asked, failure)
        }
    }

    /// Gives an outcome back until it is recorded, or nobody wants it.
    private func deliver(_ input: Input, to execution: ExecutionNumber) async {
        var rest = Duration.milliseconds(20)
        while !isClosed, let mailbox = await engine.value()?.shard.mailbox {
            let answer = await Engine.send(
                input,
                to: execution,
                secret: nil,
                via: mailbox,
                by: .engine
            )
            guard case .failed(let error) = answer else { return }
            logger.warning("data of a Map Run not recorded yet", metadata: ["error": "\(error)"])
            do { try await Task.sleep(for: rest) } catch { return }
            rest = min(rest * 2, .seconds(2))
        }
    }
}
