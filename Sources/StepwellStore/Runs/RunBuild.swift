import Dispatch
import StepwellEngine
import Synchronization

/// Makes a run in the background, some blocks at a time, which the commit thread puts between
/// commits.
final class RunBuild: Sendable {
    private enum State: Sendable {
        case idle(RunWriter)
        case working
        case ready(RunWriter, Result<WrittenBlocks, StoreError>)
    }

    /// How many blocks are made at once: about a megabyte.
    private static let blocksPerStep = 64

    /// The number of the run.
    let run: UInt64
    private let state: Mutex<State>

    init(_ writer: RunWriter) {
        run = writer.run
        state = Mutex(.idle(writer))
    }

    /// Has the next blocks made, here or in the background, unless that is under way or done.
    func request(_ journal: Journal, inBackground: Bool) {
        let begun = state.withLock { state -> RunWriter? in
            guard case .idle(let writer) = state else { return nil }
            state = .working
            return writer
        }
        guard let begun else { return }
        guard inBackground else { return work(begun, journal) }
        DispatchQueue.global(qos: .utility).async { [self] in work(begun, journal) }
    }

    private func work(_ begun: RunWriter, _ journal: Journal) {
        var writer = begun
        let result = Result { () throws(StoreError) in
            try writer.next(blocks: Self.blocksPerStep, journal)
        }
        state.withLock { $0 = .ready(writer, result) }
    }

    /// The blocks that were made last; nil while they are not ready.
    func take() throws(StoreError) -> WrittenBlocks? {
        let result = state.withLock { state -> Result<WrittenBlocks, StoreError>? in
            guard case .ready(let writer, let result) = state else { return nil }
            state = .idle(writer)
            return result
        }
        return try result?.get()
    }
}
