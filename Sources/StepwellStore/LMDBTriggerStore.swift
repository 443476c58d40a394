import Glibc
package import StepwellEngine
import StepwellLMDB

/// The triggers' store on disk: an LMDB environment of its own, `triggers/` in a data directory.
///
/// Who opens it owns the data directory already.
package final class LMDBTriggerStore: TriggerStore {
    private let environment: Environment
    private let table: Table

    /// The version of the rows' form, in the row `format` of the kind `meta`.
    private static let format = 1
    private static let formatKey = Array("format".utf8)

    /// Where the store of a data directory is.
    package static func path(in directory: String) -> String { "\(directory)/triggers" }

    /// Whether a data directory has the store.
    package static func exists(in directory: String) -> Bool {
        access(Environment.dataFile(in: path(in: directory)), F_OK) == 0
    }

    /// Opens the store of a data directory, and makes it when it is missing, unless it is only
    /// read.
    ///
    /// - Throws: `StoreError` when it cannot be, or is of a newer form.
    package init(directory: String, isReadOnly: Bool = false) throws(StoreError) {
        let path = Self.path(in: directory)
        if !isReadOnly, mkdir(path, 0o700) != 0, errno != EEXIST {
            let reason = String(cString: strerror(errno))
            throw StoreError(.unusable, "cannot create \(path): \(reason)")
        }
        do throws(LMDBError) {
            environment = try Environment(
                path: path,
                options: EnvironmentOptions(mapSize: 1 << 36, isReadOnly: isReadOnly)
            )
            table = try environment.table(nil, create: false)
        } catch {
            throw StoreError(error)
        }
        try checkFormat(path, isReadOnly: isReadOnly)
    }

    private func checkFormat(_ path: String, isReadOnly: Bool) throws(StoreError) {
        guard let found = try value(of: .meta, key: Self.formatKey) else {
            if isReadOnly { return }
            let version = Array(String(Self.format).utf8)
            return try commit([.put(TriggerRow(.meta, key: Self.formatKey, value: version))])
        }
        let text = String(decoding: found, as: UTF8.self)
        guard let version = Int(text), version <= Self.format else {
            throw StoreError(.unusable, "\(path) is of the form \(text), which is newer than this")
        }
    }

    package func value(of kind: TriggerKind, key: [UInt8]) throws(StoreError) -> [UInt8]? {
        do throws(LMDBError) {
            return try environment.read { transaction throws(LMDBError) in
                try transaction.bytes(of: [kind.rawValue] + key, in: table)
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
        do throws(LMDBError) {
            return try environment.read { transaction throws(LMDBError) in
                var found: [TriggerRow] = []
                var cursor = try transaction.cursor(over: table)
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
        do throws(LMDBError) {
            try write(changes)
        } catch {
            guard environment.isBroken else { throw StoreError(error) }
            try recover(from: error)
        }
    }

    private func write(_ changes: [TriggerChange]) throws(LMDBError) {
        try environment.write { transaction throws(LMDBError) in
            for change in changes {
                switch change {
                case .put(let row):
                    try transaction.put([row.kind.rawValue] + row.key, row.value, in: table)
                case .delete(let kind, let key):
                    _ = try transaction.delete([kind.rawValue] + key, in: table)
                }
            }
        }
    }

    /// Opens the environment again after LMDB gave up on it.
    ///
    /// What the file shows then may be in the page cache only, so it is believed when two commits
    /// on top of it have reached the disk, the second of which overwrites the doubtful meta page.
    private func recover(from error: LMDBError) throws(StoreError) -> Never {
        do throws(LMDBError) {
            try environment.reopen()
            for _ in 0..<2 {
                try environment.write { transaction throws(LMDBError) in
                    let number = Array(String(transaction.number).utf8)
                    let key = [TriggerKind.meta.rawValue] + Array("confirmed".utf8)
                    try transaction.put(key, number, in: table)
                }
            }
        } catch let problem {
            throw StoreError(.unusable, "a commit failed (\(error)), and then: \(problem)")
        }
        throw StoreError(.unknown, "\(error)")
    }
}
