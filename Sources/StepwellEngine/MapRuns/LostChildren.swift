import StepwellHistory
import StepwellInterpreter
import StepwellLanguage
import Synchronization

/// Which children of Map Runs cannot be redriven any more: each is looked up once, however often
/// its run is described.
///
/// A child that has ended is what it is until its run is redriven; what comes with age comes to
/// none before it could come to the run.
final class LostChildren: Sendable {
    private struct Known: Sendable {
        let run: [UInt8]
        let redriveCount: Int
        var looked: Set<Int> = []
        var lost: [Int] = []
    }

    /// Runs that are remembered.
    private static let most = 16
    /// Children that are looked up before others have their turns.
    private static let piece = 1_000

    private let known = Mutex<[Known]>([])
    private let configuration: EngineConfiguration
    private let store: any EventStore
    private let reads: ReadPool

    init(configuration: EngineConfiguration, store: any EventStore, reads: ReadPool) {
        self.configuration = configuration
        self.store = store
        self.reads = reads
    }

    /// The children of a run that ended without success and cannot be redriven at a time.
    func indexes(of run: MapRun, at now: Timestamp) async throws -> [Int] {
        // That the state machine is gone shows at the parent.
        let rules = RedriveRules(
            limits: configuration.limits,
            isStateMachineThere: true,
            now: now
        )
        let isYoung = !rules.isTooOld(startedFrom: run.startDate)
        // An Express child is redriven as another execution: its history is no obstacle.
        if isYoung, run.executionType == .express { return [] }
        guard run.hasUnsuccessfulChildren else { return [] }
        var found = isYoung ? remembered(run) : Known(run: run.id, redriveCount: run.redriveCount)
        let rest = run.unsuccessfulIndexes.filter { !found.looked.contains($0) }
        for start in stride(from: 0, to: rest.count, by: Self.piece) {
            let piece = rest[start..<min(start + Self.piece, rest.count)]
            let (ended, lost) = try await look(at: piece, of: run, rules)
            found.looked.formUnion(ended)
            found.lost += lost
        }
        if isYoung { remember(found) }
        return found.lost
    }

    /// Which of some children have ended, and which of those are lost.
    private func look(
        at indexes: ArraySlice<Int>,
        of run: MapRun,
        _ rules: RedriveRules
    ) async throws -> (ended: [Int], lost: [Int]) {
        let type: StateMachineType = run.executionType == .express ? .express : .standard
        let events = configuration.executionLimits(of: type).historyEvents
        return try await reads.read(.page) { [store] in
            var ended: [Int] = []
            var lost: [Int] = []
            for index in indexes {
                let head = try store.head(ofChild: index, in: run)
                // The order to stop it may be on its way.
                if head?.summary.status == .running { continue }
                ended.append(index)
                if let head, rules.lastingObstacle(to: head, historyEvents: events) != nil {
                    lost.append(index)
                }
            }
            return (ended, lost)
        }
    }

    private func remembered(_ run: MapRun) -> Known {
        known.withLock { known in
            known.first { $0.run == run.id && $0.redriveCount == run.redriveCount }
        } ?? Known(run: run.id, redriveCount: run.redriveCount)
    }

    private func remember(_ found: Known) {
        known.withLock { known in
            known.removeAll { $0.run == found.run }
            known.append(found)
            known.removeFirst(max(0, known.count - Self.most))
        }
    }
}

extension EventStore {
    /// The head of the child for an item of a Map Run; nil when it has not started.
    func head(ofChild index: Int, in run: MapRun) throws -> ExecutionHead? {
        try answer { (store) throws(StoreError) in
            try store.head(named: run.childName(index), in: run.childMachineARN)
        }
    }
}
