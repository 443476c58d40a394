package import StepwellEngine
import StepwellLMDB
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The triggers' store on disk: an LMDB environment of its own, `triggers/` in a data directory.
///
/// It is made when the first thing is kept; until then the directory has none, and everything is
/// empty. Who opens it owns the data directory already.
package final class LMDBTriggerStore: TriggerStore {
    private struct Opened: Sendable {
        let environment: Environment
        let table: Table
    }

    private let opened: Mutex<Opened?>
    private let path: String

    /// The version of the rows' form, in the row `format` of the kind `meta`.
    private static let format = 1
    private static let formatKey = Array("format".utf8)

    /// Where the store of a data directory is.
    package static func path(in directory: String) -> String { "\(directory)/triggers" }

    /// Whether a data directory has the store.
    package static func exists(in directory: String) -> Bool {
        access(Environment.dataFile(in: path(in: directory)), F_OK) == 0
    }

    /// Opens the store of a data directory, if it is there.
    ///
    /// - Throws: `StoreError` when it cannot be, or is of a newer form.
    package init(directory: String, isReadOnly: Bool = false) throws(StoreError) {
        path = Self.path(in: directory)
        guard Self.exists(in: directory) else {
            opened = Mutex(nil)
            return
        }
        let found = try Self.open(path, isReadOnly: isReadOnly)
        opened = Mutex(found)
        guard let bytes = try value(of: .meta, key: Self.formatKey) else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let version = Int(text), version <= Self.format else {
            throw StoreError(.unusable, "\(path) is of the form \(text), which is newer than this")
        }
    }

    private static func open(_ path: String, isReadOnly: Bool) throws(StoreError) -> Opened {
        do throws(LMDBError) {
            let environment = try Environment(
                path: path,
                options: EnvironmentOptions(mapSize: 1 << 36, isReadOnly: isReadOnly)
            )
            let table = try environment.table(nil, create: false)
            return Opened(environment: environment, table: table)
        } catch {
            throw StoreError(error)
        }
    }

    /// The environment; made when it is not there.
    private func made() throws(StoreError) -> Opened {
        if let opened = opened.withLock({ $0 }) { return opened }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            let reason = String(cString: strerror(errno))
            throw StoreError(.unusable, "cannot create \(path): \(reason)")
        }
        let new = try Self.open(path, isReadOnly: false)
        let version = Array(String(Self.format).utf8)
        do throws(LMDBError) {
            let row = TriggerRow(.meta, key: Self.formatKey, value: version)
            try Self.write([.put(row)], to: new)
        } catch {
            throw StoreError(error)
        }
        // The entry of the directory has to outlive a loss of power as well as what is in it.
        NewStore.synchronize([path, String(path.dropLast("/triggers".count))])
        opened.withLock { $0 = new }
        return new
    }

    package func value(of kind: TriggerKind, key: [UInt8]) throws(StoreError) -> [UInt8]? {
        guard let opened = opened.withLock({ $0 }) else { return nil }
        do throws(LMDBError) {
            return try opened.environment.read { transaction throws(LMDBError) in
                try transaction.bytes(of: [kind.rawValue] + key, in: opened.table)
            }
        } catch {
            throw StoreError(error)
        }
    }

    package func rows(
        of kind: TriggerKind,
        from key: [UInt8],
        limit: Int
    ) throws(StoreError) -> [TriggerRow] {
        guard let opened = opened.withLock({ $0 }) else { return [] }
        do throws(LMDBError) {
            return try opened.environment.read { transaction throws(LMDBError) in
                var found: [TriggerRow] = []
                var cursor = try transaction.cursor(over: opened.table)
                var isThere = try cursor.seek([kind.rawValue] + key)
                while isThere, found.count < limit {
                    let place = cursor.key
                    guard place.first == kind.rawValue else { break }
                    let value = cursor.valueCopy
                    found.append(TriggerRow(kind, key: Array(place.dropFirst()), value: value))
                    isThere = try cursor.next()
                }
                return found
            }
        } catch {
            throw StoreError(error)
        }
    }

    package func commit(_ changes: [TriggerChange]) throws(StoreError) {
        let opened = try made()
        do throws(LMDBError) {
            try Self.write(changes, to: opened)
        } catch {
            guard opened.environment.isBroken else { throw StoreError(error) }
            try recover(opened, from: error)
        }
    }

    private static func write(_ changes: [TriggerChange], to opened: Opened) throws(LMDBError) {
        try opened.environment.write { transaction throws(LMDBError) in
            for change in changes {
                switch change {
                case .put(let row):
                    let key = [row.kind.rawValue] + row.key
                    try transaction.put(key, row.value, in: opened.table)
                case .delete(let kind, let key):
                    _ = try transaction.delete([kind.rawValue] + key, in: opened.table)
                }
            }
        }
    }

    /// Opens the environment again after LMDB gave up on it.
    ///
    /// What the file shows then may be in the page cache only, so it is believed when two commits
    /// on top of it have reached the disk, the second of which overwrites the doubtful meta page.
    private func recover(_ opened: Opened, from error: LMDBError) throws(StoreError) -> Never {
        do throws(LMDBError) {
            try opened.environment.reopen()
            for _ in 0..<2 {
                try opened.environment.write { transaction throws(LMDBError) in
                    let number = Array(String(transaction.number).utf8)
                    let key = [TriggerKind.meta.rawValue] + Array("confirmed".utf8)
                    try transaction.put(key, number, in: opened.table)
                }
            }
        } catch let problem {
            throw StoreError(.unusable, "a commit failed (\(error)), and then: \(problem)")
        }
        throw StoreError(.unknown, "\(error)")
    }
}
