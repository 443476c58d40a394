import Crypto
import StepwellEngine
import StepwellHistory

/// The row that says which sorted runs hold the derived data, and where the journal goes on that
/// they do not cover: the newest checkpoint.
///
/// Version 2: `version u8 · generation · next run · recovery head (see HeadRow) · highest execution
/// + 1, 0 for none · first exact run · open executions · count · count × run · SHA-256 of all
/// before`. Version 1 is without the first exact run and the open executions: none of its runs is
/// exact, and the open executions have to be counted.
struct Manifest: Sendable, Hashable {
    static let version: UInt8 = 2
    /// The version whose runs do not say what is gone.
    static let versionWithoutMarks: UInt8 = 1

    /// Counts the manifests that were written.
    var generation: UInt64 = 0
    /// The number of the next run.
    var nextRun: UInt64 = 1
    /// The head as it was when the journal was covered up to it.
    var recovery = HeadRow.origin
    var highest: ExecutionNumber?
    /// Runs with smaller numbers do not say what is gone: their rows are judged by the entries.
    var firstExactRun: UInt64 = 1
    /// How many executions were open at the recovery head.
    var openExecutions = 0
    /// Whether the open executions have to be counted, since the manifest does not say.
    var lacksCount = false
    /// The runs, oldest first.
    var runs: [UInt64] = []

    /// Whether a run says what is gone.
    func isExact(_ run: UInt64) -> Bool { run >= firstExactRun }

    var encoded: [UInt8] {
        var writer = ByteWriter(capacity: 160)
        writer.write(Self.version)
        writer.writeVarint(generation)
        writer.writeVarint(nextRun)
        writer.writeBytes(recovery.encoded)
        writer.writeVarint(highest.map { $0.rawValue + 1 } ?? 0)
        writer.writeVarint(firstExactRun)
        writer.writeCount(openExecutions)
        writer.writeCount(runs.count)
        for run in runs { writer.writeVarint(run) }
        return writer.bytes + Array(SHA256.hash(data: writer.bytes))
    }
}

extension Manifest {
    /// Reads what `encoded` wrote.
    init(_ bytes: [UInt8]) throws(StoreError) {
        do throws(ByteReaderError) {
            let content = bytes.dropLast(32)
            guard bytes.count > 32, bytes.suffix(32).elementsEqual(SHA256.hash(data: content))
            else { throw ByteReaderError(.invalid("checksum"), at: content.count) }
            var reader = ByteReader(content)
            let version = try reader.readByte()
            guard version == Self.version || version == Self.versionWithoutMarks else {
                throw ByteReaderError(.invalid("manifest version \(version)"), at: 0)
            }
            generation = try reader.readVarint()
            nextRun = try reader.readVarint()
            recovery = try HeadRow(try reader.readBytes())
            let number = try reader.readVarint()
            highest = number == 0 ? nil : ExecutionNumber(number - 1)
            if version == Self.version {
                firstExactRun = try reader.readVarint()
                openExecutions = try reader.readCount()
            } else {
                firstExactRun = nextRun
                lacksCount = true
            }
            for _ in 0..<(try reader.readElementCount()) { runs.append(try reader.readVarint()) }
        } catch {
            throw StoreError(.damaged, "the manifest: \(error.what)")
        }
    }
}
