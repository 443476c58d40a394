import Foundation
import StepwellIntegrations
import Testing

@Suite("Folders that stand for buckets")
struct FolderStoreTests {
    private let folder: TemporaryFolder
    private let store: FolderStore

    init() throws {
        folder = try TemporaryFolder()
        store = FolderStore(directory: folder.path)
    }

    private func text(_ key: String, from offset: Int = 0) async throws -> String {
        let name = ObjectName(bucket: "b", key: key)
        let body = try await store.open(name, from: offset, tag: nil)
        var bytes: [UInt8] = []
        while true {
            let more = try await body.next()
            if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += more
        }
    }

    private func fault(_ key: String, writing: Bool = false) async -> ObjectFault? {
        do throws(ObjectFault) {
            let name = ObjectName(bucket: "b", key: key)
            if writing {
                try await store.put([1], to: name)
            } else {
                _ = try await store.open(name, from: 0, tag: nil)
            }
            return nil
        } catch {
            return error
        }
    }

    @Test("what is written is read, whole or from a byte on, and in folders that are made")
    func writtenAndRead() async throws {
        let name = ObjectName(bucket: "b", key: "a/b/c.json")
        try await store.put(Array("hello".utf8), to: name)
        #expect(try await text("a/b/c.json") == "hello")
        #expect(try await text("a/b/c.json", from: 3) == "lo")
        try await store.put(Array("again".utf8), to: name)
        #expect(try await text("a/b/c.json") == "again")
        #expect(await fault("a/b/none") == .noSuchKey(ObjectName(bucket: "b", key: "a/b/none")))
        #expect(await fault("a/b") == .noSuchKey(ObjectName(bucket: "b", key: "a/b")))
    }

    @Test(
        "no key leads out of the folder",
        arguments: [
            "../outside", "a/../../outside", "/etc/passwd", "a//b", ".", "a/.", "..", "a/..", "",
            "a\u{0}b", ".stepwell-partial/x", String(repeating: "x", count: 256),
        ]
    )
    func traversal(_ key: String) async throws {
        for writing in [false, true] {
            guard case .unusableKey? = await fault(key, writing: writing) else {
                Issue.record("\(key) was taken")
                continue
            }
        }
    }

    @Test("no symbolic link is followed, neither to a file nor to a folder")
    func links() async throws {
        let outside = try TemporaryFolder()
        try outside.write("secret", "secret.txt")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link",
            withDestinationPath: outside.path
        )
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/file",
            withDestinationPath: outside.path + "/secret.txt"
        )
        #expect(await fault("link/secret.txt") != nil)
        #expect(await fault("file") != nil)
        #expect(await fault("link/new", writing: true) != nil)
        #expect(outside.names == ["secret.txt"])
        // A file that is a link is replaced, what it leads to is not.
        #expect(await fault("file", writing: true) == nil)
        #expect(try outside.text("secret.txt") == "secret")
        let lister = try await store.list("b", prefix: "", after: nil)
        #expect(try await lister.next().map(\.key) == ["file"])
    }

    @Test("objects are listed in the order of their keys, from a prefix and behind a key")
    func listing() async throws {
        let keys = ["a-b/x", "a.b", "a/1", "a/2/3", "ab", "b/é", "z"]
        for key in keys.shuffled() {
            try await store.put(Array(key.utf8), to: ObjectName(bucket: "b", key: key))
        }
        func listed(_ prefix: String, _ after: String?) async throws -> [String] {
            let lister = try await store.list("b", prefix: prefix, after: after)
            return try await lister.next().map(\.key)
        }
        #expect(try await listed("", nil) == keys)
        #expect(try await listed("a/", nil) == ["a/1", "a/2/3"])
        #expect(try await listed("a", "a/1") == ["a/2/3", "ab"])
        #expect(try await listed("b/\u{E9}", nil) == ["b/é"])
        for (index, key) in keys.enumerated() {
            #expect(try await listed("", key) == Array(keys[(index + 1)...]), "\(key)")
        }
    }

    @Test("an object that changes while it is read, or between two readings, is said to")
    func changed() async throws {
        let name = ObjectName(bucket: "b", key: "k")
        try await store.put(Array("one".utf8), to: name)
        let body = try await store.open(name, from: 0, tag: nil)
        try await store.put(Array("other".utf8), to: name)
        await #expect(throws: ObjectFault.changed(name)) {
            _ = try await store.open(name, from: 0, tag: body.tag)
        }
    }
}
