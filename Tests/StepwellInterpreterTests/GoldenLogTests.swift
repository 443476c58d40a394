import Foundation
import StepwellHistory
import StepwellInterpreter
import Testing

/// Executions of every revision go on as they began: the bytes of their logs, as the revision that
/// came first wrote them.
@Suite("Golden logs of every revision")
struct GoldenLogTests {
    /// `REVISION DIGEST NAME` a line: the digest of the last turn of a golden case that was started
    /// under a revision, which stands for the bytes of its whole log.
    private static let file = GoldenFile.folder.appending(path: "Logs.digests")

    /// The revisions whose logs are kept; a revision is added once it has been released.
    private static let revisions: ClosedRange<UInt16> = 1...6

    private static func key(_ golden: GoldenCase, _ revision: UInt16) -> String {
        "\(revision) \(golden.name)"
    }

    private static func digest(of run: GoldenRun) throws -> String? {
        guard let last = run.driver.turns.last else { return nil }
        let bytes = try TurnCodec.storedDigest(of: last).bytes
        return bytes.prefix(12).map { String(format: "%02x", $0) }.joined()
    }

    /// Nil for a case that takes another way under an old revision and has no answer for what is
    /// asked there, or no end.
    private static func digest(of golden: GoldenCase, _ revision: UInt16) throws -> String? {
        try (try? GoldenRun(golden, semantics: revision)).flatMap { try digest(of: $0) }
    }

    private static func stored() throws -> [String: String] {
        var stored: [String: String] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            try #require(words.count == 3, "\(line)")
            stored["\(words[0]) \(words[2])"] = words[1]
        }
        return stored
    }

    @Test(
        "the log of a case is byte for byte what its revision wrote, and derives itself",
        arguments: revisions
    )
    func logs(revision: UInt16) throws {
        let stored = try Self.stored()
        var count = 0
        for golden in GoldenFile.all {
            guard let expected = stored[Self.key(golden, revision)] else { continue }
            count += 1
            let run = try GoldenRun(golden, semantics: revision)
            let found = try Self.digest(of: run)
            #expect(found == expected, "\(golden.name) under revision \(revision)")
            #expect(try run.driver.replayed() == nil, "\(golden.name)")
        }
        #expect(count > 150)
    }

    @Test(
        "writes the digests of cases that have none",
        .enabled(if: GoldenFile.isUpdating, "only with STEPWELL_UPDATE_GOLDENS and --long")
    )
    func update() throws {
        var stored = (try? Self.stored()) ?? [:]
        var lines: [String] = []
        for revision in Self.revisions {
            for golden in GoldenFile.all {
                let key = Self.key(golden, revision)
                guard let digest = try stored[key] ?? Self.digest(of: golden, revision) else {
                    continue
                }
                stored[key] = digest
                lines.append("\(revision) \(digest) \(golden.name)")
            }
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: Self.file)
    }
}
