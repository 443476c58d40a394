import Foundation
import StepwellLMDB
import Testing

@Suite("LMDB, wrapped")
struct LMDBTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private var dataFile: String { Environment.dataFile(in: directory.path) }

    private func key(_ number: UInt64) -> [UInt8] {
        var key = KeyEncoding()
        key.append(number)
        return key.bytes
    }

    /// Opens, writes `count` values of 100 bytes and one of 10,000, and closes again.
    private func fill(_ count: UInt64) throws {
        let environment = try Environment(path: directory.path)
        let table = try environment.table("things", create: true)
        for number in 0..<count {
            try environment.write { transaction throws(LMDBError) in
                try transaction.append(
                    key(number),
                    [UInt8](repeating: UInt8(number & 255), count: 100),
                    in: table
                )
            }
        }
        try environment.write { transaction throws(LMDBError) in
            try transaction.put(
                key(count),
                [UInt8](repeating: 7, count: 10_000),
                in: table
            )
        }
    }

    @Test("What was committed is there after opening again")
    func roundTrip() throws {
        try fill(50)
        let environment = try Environment(path: directory.path)
        let table = try environment.table("things", create: false)
        let transaction = try environment.beginRead()
        for number in UInt64(0)..<50 {
            #expect(
                try transaction.bytes(of: key(number), in: table)
                    == [UInt8](repeating: UInt8(number), count: 100)
            )
        }
        let largeSize = try transaction.get(key(50), in: table)?.byteCount
        #expect(largeSize == 10_000)
        #expect(try transaction.bytes(of: key(51), in: table) == nil)
        #expect(try transaction.statistics(of: table).entries == 51)
    }

    @Test("A write transaction that is let go leaves nothing")
    func abort() throws {
        let environment = try Environment(path: directory.path)
        let table = try environment.table("things", create: true)
        #expect(throws: LMDBError.self) {
            try environment.write { transaction throws(LMDBError) in
                try transaction.put([1], [2], in: table)
                throw LMDBError(.io, "a test", "gives up")
            }
        }
        #expect(try environment.beginRead().bytes(of: [1], in: table) == nil)
    }

    @Test("A cursor goes to the first key at or behind, forward and back")
    func cursor() throws {
        let environment = try Environment(path: directory.path)
        let table = try environment.table("things", create: true)
        try environment.write { transaction throws(LMDBError) in
            for number in [UInt64(10), 20, 30] {
                try transaction.put(key(number), [UInt8(number)], in: table)
            }
        }
        let transaction = try environment.beginRead()
        var cursor = try transaction.cursor(over: table)
        #expect(try cursor.seek(key(11)))
        #expect(cursor.key == key(20))
        #expect(cursor.valueCopy == [20])
        #expect(try cursor.next())
        #expect(cursor.value.byteCount == 1)
        #expect(try !cursor.next())
        #expect(try cursor.last())
        #expect(cursor.key == key(30))
        #expect(try cursor.previous())
        #expect(cursor.key == key(20))
        #expect(try cursor.first())
        #expect(cursor.key == key(10))
        #expect(try !cursor.seek(key(31)))
    }

    @Test("Appending a key that is not behind the last one is refused")
    func appendOrder() throws {
        let environment = try Environment(path: directory.path)
        let table = try environment.table("things", create: true)
        let error = #expect(throws: LMDBError.self) {
            try environment.write { transaction throws(LMDBError) in
                try transaction.append([2], [0], in: table)
                try transaction.append([1], [0], in: table)
            }
        }
        #expect(error?.code == .keyExists)
    }

    @Test("A map that is too small is reported as full, and the environment goes on")
    func mapFull() throws {
        let environment = try Environment(
            path: directory.path,
            options: EnvironmentOptions(mapSize: 1 << 20)
        )
        let table = try environment.table("things", create: true)
        let error = #expect(throws: LMDBError.self) {
            try environment.write { transaction throws(LMDBError) in
                try transaction.put([1], [UInt8](repeating: 0, count: 2 << 20), in: table)
            }
        }
        #expect(error?.code == .mapFull)
        try environment.write { transaction throws(LMDBError) in
            try transaction.put([1], [1], in: table)
        }
        let value = try environment.read { transaction throws(LMDBError) in
            try transaction.bytes(of: [1], in: table)
        }
        #expect(value == [1])
    }

    @Test("The same file cannot be opened twice in one process")
    func twice() throws {
        let first = try Environment(path: directory.path)
        let error = #expect(throws: LMDBError.self) { try Environment(path: directory.path) }
        #expect(error?.code == .locked)
        let table = try first.table("things", create: true)
        #expect(table.name == "things")
    }

    @Test("A directory has one owner, whom the refusal names")
    func lock() throws {
        let file = directory.path + "/LOCK"
        let owner = try DirectoryLock(file: file)
        let error = #expect(throws: LMDBError.self) { try DirectoryLock(file: file) }
        #expect(error?.code == .locked)
        #expect(error?.description.contains("process \(getpid())") == true)
        withExtendedLifetime(owner) {}
    }

    @Test("Keys sort as their numbers do")
    func keyOrder() {
        let numbers: [Int64] = [.min, -2, -1, 0, 1, 255, 256, .max]
        let ascending = numbers.map { number in
            var key = KeyEncoding(tag: 1)
            key.append(number)
            return key.bytes
        }
        let descending = numbers.map { number in
            var key = KeyEncoding(tag: 1)
            key.append(descending: number)
            return key.bytes
        }
        for index in 1..<numbers.count {
            #expect(ascending[index - 1].lexicographicallyPrecedes(ascending[index]))
            #expect(descending[index].lexicographicallyPrecedes(descending[index - 1]))
        }
        #expect(KeyEncoding.unsigned(in: key(77), at: 0) == 77)
        #expect(KeyEncoding.unsigned(in: [1, 2], at: 0) == nil)
    }

    @Test("A sound file passes the check, which counts its rows")
    func soundFile() throws {
        try fill(300)
        let report = try DataFile(path: dataFile).check()
        #expect(report.entries == 301)
        #expect(!report.isPartial)
    }

    @Test("A truncated file is refused when it is opened", arguments: [0.9, 0.5, 0.2, 0.02])
    func truncated(share: Double) throws {
        try fill(300)
        let size = try DataFile(path: dataFile).byteCount
        let handle = try #require(FileHandle(forWritingAtPath: dataFile))
        try handle.truncate(atOffset: UInt64(Double(size) * share))
        try handle.close()
        let error = #expect(throws: LMDBError.self) { try Environment(path: directory.path) }
        #expect(error?.code == .damaged)
        #expect(error?.reason.contains("truncated") == true)
    }

    @Test("A file of something else is refused")
    func foreign() throws {
        let text = Data(String(repeating: "no LMDB file. ", count: 1000).utf8)
        try text.write(to: URL(filePath: dataFile))
        let error = #expect(throws: LMDBError.self) { try Environment(path: directory.path) }
        #expect(error?.code == .damaged)
    }

    @Test("Readers are counted while they read")
    func readers() throws {
        let environment = try Environment(path: directory.path)
        let table = try environment.table("things", create: true)
        #expect(try environment.oldestReader() == nil)
        let old = try environment.beginRead()
        try environment.write { transaction throws(LMDBError) in
            try transaction.put([1], [1], in: table)
        }
        #expect(try environment.oldestReader()?.lag == 1)
        #expect(try environment.oldestReader()?.process == Int(getpid()))
        #expect(try environment.clearStaleReaders() == 0)
        #expect(try old.bytes(of: [1], in: table) == nil)
    }

    @Test("File systems shared between machines are told from local ones")
    func fileSystems() throws {
        #expect(try FileSystem(at: directory.path).availableBytes > 0)
        #expect(try FileSystem(at: directory.path).kind == .local)
        #expect(throws: LMDBError.self) { try FileSystem(at: directory.path + "/absent") }
    }
}
