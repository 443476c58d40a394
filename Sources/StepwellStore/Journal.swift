import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// The seam between the store and where its bytes are: an LMDB environment with its tables.
///
/// All positions go through it. It is replaced as a whole when LMDB has to be reopened.
final class Journal: Sendable {
    let environment: Environment
    let main: Table
    let batches: Table
    let derived: Table
    let snapshots: Table

    /// Opens the environment in a directory and, unless it is read-only, creates the tables.
    init(path: String, options: StoreOptions) throws(StoreError) {
        let settings = EnvironmentOptions(
            mapSize: options.mapSize,
            durability: options.isRelaxed ? .relaxed : .synchronous,
            isReadOnly: options.isReadOnly
        )
        do throws(LMDBError) {
            environment = try Environment(path: path, options: settings)
            let create = !options.isReadOnly
            main = try environment.table(nil, create: false)
            batches = try environment.table(KeySpace.Table.journal.rawValue, create: create)
            derived = try environment.table(KeySpace.Table.derived.rawValue, create: create)
            snapshots = try environment.table(KeySpace.Table.snapshots.rawValue, create: create)
        } catch {
            throw StoreError(error)
        }
    }

    /// The key of a position.
    static func key(_ position: UInt64) -> [UInt8] {
        var key = KeyEncoding()
        key.append(position)
        return key.bytes
    }

    /// Begins a read transaction.
    func beginRead() throws(StoreError) -> ReadTransaction {
        do throws(LMDBError) {
            return try environment.beginRead()
        } catch {
            throw StoreError(error)
        }
    }

    /// A row of the unnamed table.
    func row(
        _ row: KeySpace.Row,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> [UInt8]? {
        do throws(LMDBError) {
            return try transaction.bytes(of: row.key, in: main)
        } catch {
            throw StoreError(error)
        }
    }

    /// The row of the newest commit.
    func head(_ transaction: borrowing ReadTransaction) throws(StoreError) -> HeadRow {
        guard let bytes = try row(.head, transaction) else { return .origin }
        do throws(ByteReaderError) {
            return try HeadRow(bytes)
        } catch {
            throw StoreError(.damaged, "the head row: \(error.what)")
        }
    }

    /// A batch, verified; nil when there is none at the position.
    func batch(
        at position: UInt64,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> Batch? {
        let bytes: [UInt8]?
        do throws(LMDBError) {
            bytes = try transaction.bytes(of: Self.key(position), in: batches)
        } catch {
            throw StoreError(error)
        }
        guard let bytes else { return nil }
        let batch = try Batch(verifying: bytes)
        guard batch.header.position == position else {
            throw StoreError(
                .damaged,
                "position \(position) holds batch \(batch.header.position)"
            )
        }
        return batch
    }

    /// The segment at a location.
    func segment(
        at location: SegmentLocation,
        _ transaction: borrowing ReadTransaction
    ) throws(StoreError) -> Segment {
        let value: RawSpan?
        do throws(LMDBError) {
            value = try transaction.get(Self.key(location.position), in: batches)
        } catch {
            throw StoreError(error)
        }
        guard let value else {
            throw StoreError(.damaged, "there is no batch \(location.position)")
        }
        return try Self.segment(in: value, at: location)
    }

    private static func segment(
        in value: RawSpan,
        at location: SegmentLocation
    ) throws(StoreError) -> Segment {
        let offset = Int(location.offset)
        guard value.byteCount >= BatchHeader.minimumValueSize, offset >= BatchHeader.byteCount,
            offset < value.byteCount
        else { throw StoreError(.damaged, "batch \(location.position) is too short") }
        let rest = value.byteCount - offset
        do throws(ByteReaderError) {
            guard value.byte(at: offset) == Segment.turnKind else {
                var reader = ByteReader(value.bytes(offset, count: rest))
                return try Segment(from: &reader)
            }
            let start = value.bytes(offset + 1, count: min(rest - 1, TurnFrame.byteLimit))
            var reader = ByteReader(start)
            let frame = try TurnFrame(from: &reader)
            let place = offset + 1 + reader.position
            guard frame.length <= value.byteCount - place else {
                throw ByteReaderError(.truncated, at: place)
            }
            return .turn(frame, bytes: value.bytes(place, count: frame.length))
        } catch {
            throw StoreError(.damaged, "batch \(location.position): \(error.what)")
        }
    }
}

extension RawSpan {
    /// A copy of `count` bytes; the caller has checked the bounds.
    func bytes(_ offset: Int, count: Int) -> [UInt8] {
        extracting(offset..<offset + count).withUnsafeBytes { Array($0) }
    }

    /// One byte; the caller has checked the bounds.
    func byte(at offset: Int) -> UInt8? {
        extracting(offset..<offset + 1).withUnsafeBytes { $0.first }
    }
}
