import StepwellEngine
import StepwellHistory
import StepwellLMDB
import Synchronization

extension LMDBEventStore {
    /// Commits blocks of a run and, with its last ones, the run's index and the manifest.
    func commitDerived(
        _ blocks: [(number: UInt32, bytes: [UInt8])],
        of run: UInt64,
        manifest: Manifest?,
        index: [UInt8]?
    ) throws(StoreError) {
        // Derived data can wait; what is kept for running executions is not for it.
        try refuseWhenFull(starting: true)
        try commitStep { transaction, journal throws(LMDBError) in
            for block in blocks {
                let key = SortedRun.key(run: run, block: block.number)
                try transaction.put(key, block.bytes, in: journal.derived)
            }
            if let index {
                let key = SortedRun.key(run: run, block: SortedRun.indexBlock)
                try transaction.put(key, index, in: journal.derived)
            }
            if let manifest {
                let key = KeySpace.Row.manifest.key
                try transaction.put(key, manifest.encoded, in: journal.main)
            }
        }
    }

    /// Deletes up to `limit` blocks of a run; says how many there were.
    func deleteBlocks(of run: UInt64, limit: Int) throws(StoreError) -> Int {
        var count = 0
        let start = SortedRun.key(run: run, block: 0)
        try commitStep { transaction, journal throws(LMDBError) in
            var keys: [[UInt8]] = []
            do {
                var cursor = try transaction.cursor(over: journal.derived)
                var isThere = try cursor.seek(start)
                while isThere, keys.count < limit, cursor.key.starts(with: start.prefix(8)) {
                    keys.append(cursor.key)
                    isThere = try cursor.next()
                }
            }
            for key in keys { _ = try transaction.delete(key, in: journal.derived) }
            count = keys.count
        }
        return count
    }

    /// The runs that a crash left unfinished or undeleted.
    ///
    /// New runs get numbers behind theirs.
    func abandonedRuns() throws(StoreError) -> [UInt64] {
        let found = try storedRuns()
        return tail.withLock { tail in
            tail.skipRuns(upTo: found.max() ?? 0)
            return found.filter { !tail.manifest.runs.contains($0) }
        }
    }

    private func storedRuns() throws(StoreError) -> [UInt64] {
        var found: [UInt64] = []
        do throws(LMDBError) {
            let transaction = try journal.environment.beginRead()
            var cursor = try transaction.cursor(over: journal.derived)
            var isThere = try cursor.first()
            while isThere, let run = KeyEncoding.unsigned(in: cursor.key, at: 0) {
                found.append(run)
                guard run < .max else { break }
                isThere = try cursor.seek(SortedRun.key(run: run + 1, block: 0))
            }
        } catch {
            throw StoreError(error)
        }
        return found
    }

    /// One transaction of derived data; like every commit it writes its number into the head row.
    private func commitStep(
        _ body: (inout WriteTransaction, Journal) throws(LMDBError) -> Void
    ) throws(StoreError) {
        try trust.check()
        var head = tail.withLock { $0.head }
        do throws(LMDBError) {
            var transaction = try journal.environment.beginWrite()
            try body(&transaction, journal)
            head.transaction = UInt64(transaction.number)
            try transaction.put(KeySpace.Row.head.key, head.encoded, in: journal.main)
            CrashPoint.beforeCheckpoint.reached()
            try transaction.commit()
            CrashPoint.afterCheckpoint.reached()
        } catch {
            throw outcome(of: error)
        }
        tail.withLock { $0.head.transaction = head.transaction }
    }
}
