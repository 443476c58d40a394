import DequeModule
import StepwellHistory
import StepwellLanguage
import Synchronization

/// The texts of the catalog's definitions and what they are compiled to: read from the stream and
/// compiled when they are needed, kept as long as they are used and there is room.
///
/// A revision was accepted once. It is compiled by the compiler alone, so that no rule that is
/// learned later refuses it; one that cannot be compiled any more costs those who ask for it.
package final class DefinitionLibrary: Sendable {
    private let store: any EventStore
    private let kept: Mutex<Kept>

    /// - Parameters:
    ///   - store: The store whose catalog it is.
    ///   - byteLimit: How many bytes the texts and their compiled forms may have, as estimated;
    ///     those that are not durable yet are kept beyond it.
    package init(store: any EventStore, byteLimit: Int) {
        self.store = store
        kept = Mutex(Kept(byteLimit: byteLimit))
    }

    /// Keeps a definition that is not durable yet.
    func hold(_ text: String, _ compiled: StateMachineDefinition?, as digest: DefinitionDigest) {
        kept.withLock {
            $0.fresh[digest] = text
            if let compiled { $0.keep(text, compiled, as: digest) }
        }
    }

    /// Says that a definition is durable now, or never will be.
    func settle(_ digest: DefinitionDigest) {
        kept.withLock { _ = $0.fresh.removeValue(forKey: digest) }
    }

    func compiledLately(_ digest: DefinitionDigest) -> StateMachineDefinition? {
        kept.withLock { $0.entry(digest)?.compiled }
    }

    func text(of revision: DefinitionRevision) throws(StoreError) -> String {
        let known = kept.withLock { $0.fresh[revision.digest] ?? $0.entry(revision.digest)?.text }
        return if let known { known } else { try read(revision) }
    }

    func compiled(_ revision: DefinitionRevision) throws(StoreError) -> StateMachineDefinition {
        if let known = compiledLately(revision.digest) { return known }
        let text = try text(of: revision)
        do throws(DefinitionFailure) {
            let compiled = try DefinitionDecoder.compile(accepted: text)
            kept.withLock { $0.keep(text, compiled, as: revision.digest) }
            return compiled
        } catch {
            throw StoreError(
                .damaged,
                "the definition with SHA-256 \(revision.digest.hexadecimal), catalog record "
                    + "\(revision.ordinal.rawValue), cannot be compiled by this version: \(error)"
            )
        }
    }

    private func read(_ revision: DefinitionRevision) throws(StoreError) -> String {
        let turns = try store.readTurns(
            of: .catalog,
            ordinals: revision.ordinal...revision.ordinal,
            byteLimit: 1
        )
        guard let stored = turns.first,
            let found = try CatalogTurn.decode(stored.bytes).record.definition,
            found.digest == revision.digest
        else {
            throw StoreError(
                .damaged,
                "catalog record \(revision.ordinal.rawValue) does not hold the definition with "
                    + "SHA-256 \(revision.digest.hexadecimal)"
            )
        }
        return found.text
    }

    /// What is in memory; the least recently used goes first.
    private struct Kept {
        let byteLimit: Int
        var fresh: [DefinitionDigest: String] = [:]
        private var entries: [DefinitionDigest: Entry] = [:]
        /// In the order in which they are looked at for eviction: a second chance to each.
        private var order: Deque<DefinitionDigest> = []
        private var bytes = 0

        struct Entry {
            let text: String
            let compiled: StateMachineDefinition
            var isRecent = true

            /// A compiled definition takes about sixteen times the bytes of its text.
            var cost: Int { 17 * text.utf8.count + 1_024 }
        }

        init(byteLimit: Int) {
            self.byteLimit = byteLimit
        }

        mutating func entry(_ digest: DefinitionDigest) -> Entry? {
            guard let found = entries[digest] else { return nil }
            if !found.isRecent { entries[digest]?.isRecent = true }
            return found
        }

        mutating func keep(
            _ text: String,
            _ compiled: StateMachineDefinition,
            as digest: DefinitionDigest
        ) {
            guard entries[digest] == nil else { return }
            let entry = Entry(text: text, compiled: compiled)
            entries[digest] = entry
            order.append(digest)
            bytes += entry.cost
            while bytes > byteLimit, order.count > 1, let oldest = order.popFirst() {
                guard let entry = entries[oldest] else { continue }
                if entry.isRecent, oldest != digest {
                    entries[oldest]?.isRecent = false
                    order.append(oldest)
                } else if oldest != digest {
                    entries[oldest] = nil
                    bytes -= entry.cost
                } else {
                    order.append(oldest)
                }
            }
        }
    }
}
