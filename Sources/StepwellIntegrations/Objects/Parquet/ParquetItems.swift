import StepwellEngine

/// The rows of a Parquet file.
///
/// Nothing of it is in memory but its metadata and of the row group at hand a page of each column;
/// where reading goes on is the number of the row.
final class ParquetItems: ObjectItems {
    /// A row group up to this size is read at once.
    private static let small = 4 << 20
    /// Bytes at the end of a file that are read with the length of its metadata.
    private static let guess = 64 << 10

    private let object: ObjectBytes
    private let current: ItemCursor.Current?
    private var footer: ParquetFooter?
    private var group = 0
    private var rows: ParquetRows?
    /// Rows that were given.
    private var given = 0

    init(_ name: ObjectName, in store: any ObjectStore, from current: ItemCursor.Current?) {
        object = ObjectBytes(name, in: store, tag: current?.tag)
        self.current = current
    }

    var name: ObjectName { object.name }

    var place: ItemCursor.Current {
        ItemCursor.Current(
            name: name,
            tag: object.tag ?? "",
            isCompressed: false,
            place: ScanPlace(offset: given)
        )
    }

    func open() async throws(MapRunDataFault) {
        do throws(ParquetFault) {
            footer = try await readFooter()
            if let current { try await pass(current.place.offset) }
        } catch {
            throw MapRunDataFault(error.cause(of: name))
        }
    }

    func next() async throws(MapRunDataFault) -> ScannedItem? {
        do throws(ParquetFault) {
            while true {
                if let row = try await rows?.next() {
                    given += 1
                    return ScannedItem(text: row)
                }
                guard try await nextGroup() else { return nil }
            }
        } catch {
            throw MapRunDataFault(error.cause(of: name))
        }
    }

    private func readFooter() async throws(ParquetFault) -> ParquetFooter {
        let magic = try await object.read(0..<ParquetFooter.magic.count)
        guard magic == ParquetFooter.magic || magic == Array("PARE".utf8) else {
            throw .malformed("it does not begin with PAR1")
        }
        let size = object.size
        var end = try await object.read(max(0, size - Self.guess)..<size)
        let length = try ParquetFooter.length(end.suffix(ParquetFooter.tail), size: size)
        let dataEnd = size - ParquetFooter.tail - length
        if length + ParquetFooter.tail > end.count {
            end = try await object.read(dataEnd..<size)
        }
        let metadata = Array(end.suffix(length + ParquetFooter.tail).prefix(length))
        return try ParquetFooter(metadata, dataEnd: dataEnd)
    }

    /// Goes to the next row group that has rows; false when there is none.
    private func nextGroup() async throws(ParquetFault) -> Bool {
        rows = nil
        object.letGo()
        guard let footer, let next = footer.groups.dropFirst(group).first else { return false }
        group += 1
        guard next.rows > 0 else { return true }
        if next.range.count <= Self.small { try await object.hold(next.range) }
        rows = try ParquetRows(next, footer.schema, of: object)
        return true
    }

    /// Passes over the rows that were given before.
    private func pass(_ count: Int) async throws(ParquetFault) {
        while let rows = footer?.groups.dropFirst(group).first?.rows, given + rows <= count {
            given += rows
            group += 1
        }
        guard given < count else { return }
        guard try await nextGroup(), let rows else { throw .endsEarly }
        try await rows.pass(count - given)
        given = count
    }
}
