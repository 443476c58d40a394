import StepwellEngine
import StepwellLMDB
import Synchronization

extension LMDBEventStore {
    /// What a failed write means: nothing was written, unless LMDB itself no longer knows.
    ///
    /// LMDB gives up when it cannot write a meta page, and serves nobody any more. The environment
    /// is opened again then, below everyone who holds it; what it shows decides how it goes on.
    func outcome(of error: LMDBError) -> StoreError {
        guard journal.environment.isBroken else {
            // A short write on a full disk comes as EIO.
            if error.code == .io, (try? FileSystem(at: path).availableBytes) ?? .max < 1 << 20 {
                return StoreError(.full, "\(error); the disk is full")
            }
            if error.code == .keyExists {
                return StoreError(
                    .fenced,
                    "\(path) holds a batch that this process did not write: another process has "
                        + "written to it; end that one and start again"
                )
            }
            return StoreError(error)
        }
        trust.suspend(at: tail.withLock { $0.head.nextPosition })
        do throws(LMDBError) {
            try journal.environment.reopen()
        } catch let problem {
            return distrust("a commit failed (\(error)), and then: \(problem)")
        }
        do throws(StoreError) {
            try settle()
        } catch let problem {
            return distrust("a commit failed (\(error)), and then: \(problem)")
        }
        return StoreError(.unknown, "\(error)")
    }

    /// Makes sure of what the file shows, takes it in, and believes it again.
    func settle() throws(StoreError) {
        try confirm()
        try catchUp()
        trust.restore()
    }

    /// Makes a commit durable whose meta page may be in the page cache only.
    ///
    /// What the file shows as its newest commit is believed only when another commit on top of it
    /// has reached the disk. A second one overwrites the doubtful meta page itself, of which the
    /// disk may have an older form. When either fails, nothing read here is believed.
    private func confirm() throws(StoreError) {
        let known = tail.withLock { $0.head }
        var head = try journal.head(try journal.beginRead())
        guard head.transaction != known.transaction || head.nextPosition != known.nextPosition
        else { return }
        do throws(LMDBError) {
            for _ in 0..<2 {
                if options.faults?.failsConfirmation() == true {
                    throw LMDBError(.io, "commit", "injected: confirming failed")
                }
                var transaction = try journal.environment.beginWrite()
                head.transaction = UInt64(transaction.number)
                try transaction.put(KeySpace.Row.head.key, head.encoded, in: journal.main)
                try transaction.commit()
            }
        } catch {
            throw StoreError(.failed, "what the file shows could not be made durable: \(error)")
        }
    }

    /// Takes in batches that are in the journal although their append did not return.
    private func catchUp() throws(StoreError) {
        let transaction = try journal.beginRead()
        let recovery = Recovery(journal: journal, identity: identity)
        let source = source
        try tail.withLock { tail throws(StoreError) in
            try recovery.follow(&tail, transaction, source)
            publish(tail)
        }
    }

    /// Takes nothing more from now on; what was committed before can still be read, as far as the
    /// file can.
    func distrust(_ reason: String) -> StoreError {
        let error = StoreError(
            .unusable,
            "\(path) accepts nothing more: \(reason); fix the disk and restart"
        )
        trust.end(error)
        // Confirming may have ended as the commit did; reading needs an environment that is open.
        if journal.environment.isBroken { try? journal.environment.reopen() }
        return error
    }
}
