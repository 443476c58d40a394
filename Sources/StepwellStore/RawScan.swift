package import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// Finds batches in a data file without its trees, by the magic at byte 16 of their first page: for
/// a file that LMDB can no longer read.
package enum RawScan {
    /// A batch that was found.
    package struct Found: Sendable, Hashable {
        /// The number of its first page.
        package let page: Int
        package let position: UInt64
        package let storeID: [UInt8]
        /// Its turns in order; nil when its checksum does not agree.
        package let turns: [[UInt8]]?
    }

    /// All batches in a file, by position; of a position that occurs more than once, all.
    ///
    /// A page that once was a batch and is free now can still look like one: the digests, each of
    /// which is over the one before, say which belong together.
    package static func batches(inFile path: String) throws(StoreError) -> [Found] {
        let file: DataFile
        do throws(LMDBError) {
            file = try DataFile(path: path)
        } catch {
            throw StoreError(error)
        }
        var found: [Found] = []
        var page = 2
        while page * DataFile.pageSize < file.byteCount {
            if let batch = try batch(at: page, of: file) { found.append(batch) }
            page += 1
        }
        return found.sorted { ($0.position, $0.page) < ($1.position, $1.page) }
    }

    private static func batch(at page: Int, of file: DataFile) throws(StoreError) -> Found? {
        let start = page * DataFile.pageSize + 16
        do throws(LMDBError) {
            let head = try file.read(at: start, count: BatchHeader.byteCount)
            guard head.starts(with: BatchHeader.magic), let header = try? BatchHeader(head[...])
            else { return nil }
            var turns: [[UInt8]]?
            if let content = Int(exactly: header.contentLength), content < file.byteCount {
                let size = BatchHeader.valueSize(content: content)
                let bytes = try file.read(at: start, count: size)
                turns = (try? Batch(verifying: bytes)).flatMap { try? Self.turns(of: $0) }
            }
            return Found(
                page: page,
                position: header.position,
                storeID: header.storeID,
                turns: turns
            )
        } catch {
            throw StoreError(error)
        }
    }

    private static func turns(of batch: Batch) throws(StoreError) -> [[UInt8]] {
        var turns: [[UInt8]] = []
        try batch.forEachSegment { segment, _ throws(StoreError) in
            if case .turn(_, let bytes) = segment { turns.append(bytes) }
        }
        return turns
    }
}
