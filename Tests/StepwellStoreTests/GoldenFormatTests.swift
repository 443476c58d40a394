import Foundation
import StepwellEngine
import StepwellHistory
import StepwellLMDB
import StepwellStore
import Testing

/// Small stores, row by row: they have to open for ever, and the same load has to give the bytes
/// of the newest.
///
/// `store-1.txt` has runs that do not say what is gone, and in that of `drops-1.txt` executions
/// were dropped. `STEPWELL_UPDATE_GOLDENS=1` writes the newest files anew; a change of them needs a
/// new format version beside the old one, unless nothing of it was ever released.
@Suite("The format of stores")
struct GoldenFormatTests {
    private static let tables: [String?] = [nil, "derived", "journal", "snapshots"]
    private static let newest = "store-2.txt"
    private static let drops = "drops-1.txt"

    private static func file(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    }

    private static func options() -> StoreOptions {
        var options = StoreOptions()
        options.storeID = (0..<16).map { UInt8($0) }
        options.checkpointBytes = 10_000
        options.worksInBackground = false
        return options
    }

    /// The load whose store the golden file of that name holds; what goes on behind it.
    private func load(_ store: LMDBEventStore, _ name: String) throws -> Workload {
        var workload = Workload(seed: 99)
        for _ in 0..<4 {
            _ = try store.append(workload.batch(12))
            if name == Self.drops { _ = try store.drop(workload.drop(2)) }
            try store.writeDown()
        }
        // One that the journal alone tells.
        if name == Self.drops { _ = try store.drop(workload.drop(1)) }
        return workload
    }

    /// The rows of a store: table, key and value as hexadecimal digits, zeros at the end counted.
    private func rows(_ directory: TemporaryDirectory) throws -> [String] {
        let environment = try Environment(path: directory.path + "/shard-0")
        var lines: [String] = []
        for name in Self.tables {
            let table = try environment.table(name, create: false)
            let transaction = try environment.beginRead()
            var cursor = try transaction.cursor(over: table)
            var isThere = try cursor.first()
            while isThere {
                // The unnamed table also lists the named ones, which are LMDB's business.
                if name != nil || cursor.key.count == 1 {
                    lines.append("\(name ?? "main") \(hex(cursor.key)) \(hex(cursor.valueCopy))")
                }
                isThere = try cursor.next()
            }
        }
        return lines
    }

    private func hex(_ bytes: [UInt8]) -> String {
        let zeros = bytes.reversed().prefix { $0 == 0 }.count
        let kept = zeros > 16 ? bytes.dropLast(zeros) : bytes[...]
        let digits = kept.map { byte in
            let text = String(byte, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }
        return digits.joined() + (zeros > 16 ? "+\(zeros)" : "")
    }

    private func bytes(_ hex: Substring) -> [UInt8] {
        let parts = hex.split(separator: "+")
        let digits = Array((parts.first ?? "").utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
        }
        let zeros = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        return bytes + [UInt8](repeating: 0, count: zeros)
    }

    private func golden(_ name: String) throws -> [String] {
        let text = try String(contentsOf: Self.file(name), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    @Test("The same load gives the same bytes", arguments: [newest, drops])
    func writes(_ name: String) throws {
        let directory = try TemporaryDirectory()
        _ = try load(
            LMDBEventStore.open(directory: directory.path, options: Self.options()),
            name
        )
        let rows = try rows(directory)
        if ProcessInfo.processInfo.environment["STEPWELL_UPDATE_GOLDENS"] == "1" {
            let file = Self.file(name)
            try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: file)
        }
        #expect(try rows == golden(name))
    }

    @Test(
        "The store in a golden file opens and answers",
        arguments: ["store-1.txt", newest, drops]
    )
    func reads(_ name: String) throws {
        let directory = try TemporaryDirectory()
        let other = try TemporaryDirectory()
        let shard = directory.path + "/shard-0"
        try FileManager.default.createDirectory(
            atPath: shard,
            withIntermediateDirectories: true
        )
        do {
            let environment = try Environment(path: shard)
            var tables: [String: Table] = [:]
            for name in Self.tables {
                tables[name ?? "main"] = try environment.table(name, create: name != nil)
            }
            var transaction = try environment.beginWrite()
            for line in try golden(name) {
                let parts = line.split(separator: " ")
                let table = try #require(tables[String(parts[0])])
                var value = bytes(parts[2])
                if parts[0] == "main" && parts[1] == "02" {
                    // The head row names the transaction that wrote it: here, this one.
                    value.replaceSubrange(
                        49..<57,
                        with: withUnsafeBytes(of: UInt64(transaction.number).bigEndian) {
                            [UInt8]($0)
                        }
                    )
                }
                try transaction.put(bytes(parts[1]), value, in: table)
            }
            try transaction.commit()
        }
        let store = try LMDBEventStore.open(directory: directory.path, options: Self.options())
        let fresh = try LMDBEventStore.open(directory: other.path, options: Self.options())
        var workload = try load(fresh, name)
        #expect(
            try Fingerprint(of: store, executions: 0...50)
                == Fingerprint(of: fresh, executions: 0...50)
        )
        #expect(store.identity.storeID == Self.options().storeID)
        // It goes on, and what of it was of an earlier form is written down anew.
        for _ in 0..<40 {
            let batch = workload.batch(12)
            try store.append(batch)
            try fresh.append(batch)
            try store.writeDown()
            try fresh.writeDown()
            #expect(
                try Fingerprint(of: store, executions: 0...200)
                    == Fingerprint(of: fresh, executions: 0...200)
            )
        }
        let decoded = store.statistics.entriesDecoded
        _ = try store.dueRows()
        _ = try store.unsettledNumbers()
        #expect(store.statistics.entriesDecoded == decoded)
    }
}
