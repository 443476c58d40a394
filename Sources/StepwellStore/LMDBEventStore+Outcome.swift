import StepwellEngine
import StepwellLMDB
import Synchronization

extension LMDBEventStore {
    /// What a failed write means: nothing was written, unless LMDB itself no longer knows.
    func outcome(of error: LMDBError) throws(StoreError) -> StoreError {
        var isPanicked = error.code == .panicked
        do throws(LMDBError) {
            _ = try journal.environment.beginRead().number
        } catch {
            isPanicked = isPanicked || error.code == .panicked
        }
        if isPanicked {
            try replaceJournal { () throws(StoreError) in
                try Journal(path: path, options: options)
            }
            try confirm()
            try catchUp()
            return StoreError(.unknown, "\(error)")
        }
        // A short write on a full disk comes as EIO.
        if error.code == .io, (try? FileSystem(at: path).availableBytes) ?? .max < 1 << 20 {
            return StoreError(.full, "\(error); the disk is full")
        }
        return StoreError(error)
    }

    /// Makes a commit durable whose meta page may be in the page cache only.
    ///
    /// LMDB gives up only when writing the meta page failed, behind the sync of the commit's data.
    /// What the reopened file then shows as its newest commit is believed only when another commit
    /// on top of it has reached the disk; when that fails too, nothing read here is.
    ///
    /// - Throws: `unusable` when it cannot be made sure, after which the store takes no append.
    func confirm() throws(StoreError) {
        let known = derived.withLock { $0.head }
        let journal = journal
        var head = try journal.head(try journal.beginRead())
        guard head.transaction != known.transaction || head.nextPosition != known.nextPosition
        else { return }
        do throws(LMDBError) {
            if options.faults?.failsConfirmation() == true {
                throw LMDBError(.io, "commit", "injected: confirming failed")
            }
            var transaction = try journal.environment.beginWrite()
            head.transaction = UInt64(transaction.number)
            try transaction.put(KeySpace.Row.head.key, head.encoded, in: journal.main)
            try transaction.commit()
        } catch {
            distrust()
            throw StoreError(
                .unusable,
                "a commit failed (EIO or worse) and what the file shows of it could not be made "
                    + "durable: \(error); mend the disk and start again"
            )
        }
    }

    /// Takes in batches that are in the journal although their append did not return.
    func catchUp() throws(StoreError) {
        let journal = journal
        let transaction = try journal.beginRead()
        let recovery = Recovery(journal: journal, identity: identity)
        try derived.withLock { state throws(StoreError) in
            try recovery.follow(&state, transaction)
        }
    }
}
