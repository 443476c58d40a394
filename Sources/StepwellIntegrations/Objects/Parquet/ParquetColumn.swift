/// A column of a row group, read page by page: one page of it is in memory.
final class ParquetColumn {
    /// The most bytes that a page's header may have, statistics included.
    private static let headerLimit = 16 << 20

    let type: ColumnType
    private let levels: ParquetSchema.Column
    private let codec: ParquetCodec
    private let object: ObjectBytes
    private let budget: PageBudget
    /// About how many bytes are read at once.
    private let window: Int

    /// The bytes that were read and not dealt with, and where the next one is in the object.
    private var buffer: ArraySlice<UInt8> = []
    private var offset: Int
    private let end: Int
    /// Entries that were not decoded yet: of the column, and of the page at hand.
    private var left: Int
    private var leftOfPage = 0
    private var dictionary: PlainValues?
    private var definitions: HybridDecoder?
    private var repetitions: HybridDecoder?
    private var values: (any ValueDecoder)?

    /// Whether an entry is at hand, and its levels.
    private(set) var isReady = false
    private(set) var definition = 0
    private(set) var repetition = 0

    init(
        _ chunk: RowGroup.Chunk,
        _ column: ParquetSchema.Column,
        of object: ObjectBytes,
        budget: PageBudget,
        window: Int
    ) throws(ParquetFault) {
        type = column.type
        levels = column
        codec = try ParquetCodec(chunk.codec, of: column.type.name)
        self.object = object
        self.budget = budget
        self.window = window
        offset = chunk.range.lowerBound
        end = chunk.range.upperBound
        left = chunk.entries
    }

    /// Whether every entry was taken.
    var isDone: Bool { !isReady && left == 0 }

    // MARK: Entries

    /// Has the next entry at hand, if it is in the page that is there.
    func prepare() throws(ParquetFault) -> Bool {
        if isReady { return true }
        guard leftOfPage > 0 else { return false }
        leftOfPage -= 1
        left -= 1
        repetition = Int(try repetitions?.next() ?? 0)
        definition = Int(try definitions?.next() ?? UInt32(levels.definitionLevel))
        guard repetition <= levels.repetitionLevel, definition <= levels.definitionLevel else {
            throw .malformed("\(type.name) has levels that its fields do not have")
        }
        isReady = true
        return true
    }

    /// Has the next entry at hand, from the next page if need be; false when there is none.
    func load() async throws(ParquetFault) -> Bool {
        while try !prepare() {
            guard left > 0 else { return false }
            _ = try await nextPage(passing: 0)
        }
        return true
    }

    /// Takes the entry at hand, which has to begin with a repetition level: its value, or nil when
    /// it has none.
    func take(_ repetition: Int) throws(ParquetFault) -> ParquetValue? {
        guard isReady, repetition == self.repetition else { throw misplaced }
        isReady = false
        guard definition == levels.definitionLevel else { return nil }
        guard let value = try values?.next() else { throw .endsEarly }
        return value
    }

    /// The fault of entries that do not fit those of other columns.
    var misplaced: ParquetFault { .malformed("\(type.name) has other entries than its neighbours") }

    /// Passes over so many rows of a column without repetitions, whole pages of them unread.
    func pass(_ rows: Int) async throws(ParquetFault) {
        var rows = rows
        while rows > 0 {
            if leftOfPage == 0, !isReady {
                guard left > 0 else { throw .endsEarly }
                rows -= try await nextPage(passing: rows)
                continue
            }
            guard try prepare() else { continue }
            _ = try take(0)
            rows -= 1
        }
    }

    // MARK: Pages

    /// Goes to the next page; gives how many entries were passed with it, when it has no more than
    /// are to be passed.
    private func nextPage(passing most: Int) async throws(ParquetFault) -> Int {
        let header = try await header()
        try budget.check(header)
        switch header.kind {
        case .data, .dataV2:
            guard header.entries <= left else {
                throw .malformed("\(type.name) has more entries than it says")
            }
            if header.entries <= most {
                try await skip(header.size)
                left -= header.entries
                return header.entries
            }
            try open(header, try await bytes(header))
        case .dictionary:
            guard dictionary == nil else { throw .malformed("\(type.name) has two dictionaries") }
            let bytes = try await bytes(header)
            try budget.spend(header.mostBytes)
            dictionary = try PlainValues(
                type,
                try codec.decompress(bytes, to: header.decompressedSize),
                count: header.entries
            )
        case .other: try await skip(header.size)
        }
        return 0
    }

    private func open(
        _ header: PageHeader,
        _ bytes: ArraySlice<UInt8>
    ) throws(ParquetFault) {
        guard header.areLevelsKnown else {
            throw .unsupported("\(type.name) has levels in the encoding BIT_PACKED")
        }
        try budget.spend(header.mostBytes)
        let page: [UInt8]
        var start = 0
        if case .dataV2(let definitionBytes, let repetitionBytes, let isCompressed) = header.kind {
            let levelBytes = definitionBytes + repetitionBytes
            let rest = bytes.dropFirst(levelBytes)
            let size = header.decompressedSize - levelBytes
            let codec = isCompressed ? self.codec : .none
            page =
                Array(bytes.prefix(levelBytes))
                + (size == 0 ? [] : try codec.decompress(rest, to: size))
            repetitions = try decoder(levels.repetitionLevel, page, &start, count: repetitionBytes)
            definitions = try decoder(levels.definitionLevel, page, &start, count: definitionBytes)
        } else {
            page = try codec.decompress(bytes, to: header.decompressedSize)
            repetitions = try decoder(levels.repetitionLevel, page, &start, count: nil)
            definitions = try decoder(levels.definitionLevel, page, &start, count: nil)
        }
        values = try type.decoder(
            header.encoding,
            page,
            start..<page.count,
            dictionary: dictionary
        )
        leftOfPage = header.entries
    }

    /// What decodes levels, nil when there are none; without a count of bytes they begin with it.
    private func decoder(
        _ level: Int,
        _ page: [UInt8],
        _ start: inout Int,
        count: Int?
    ) throws(ParquetFault) -> HybridDecoder? {
        var length = count ?? 0
        if count == nil, level > 0 {
            guard page.count - start >= 4 else { throw .endsEarly }
            length = Int(UInt32(littleEndian: page, start))
            start += 4
        }
        guard length <= page.count - start else { throw .endsEarly }
        defer { start += length }
        guard level > 0 else { return nil }
        let width = HybridDecoder.width(of: level)
        return try HybridDecoder(page, start..<start + length, width: width)
    }

    // MARK: Bytes

    private func header() async throws(ParquetFault) -> PageHeader {
        var wanted = 256
        while true {
            try await fill(min(wanted, end - offset))
            let head = Array(buffer.prefix(wanted))
            var reader = CompactReader(head, 0..<head.count)
            do throws(ParquetFault) {
                let header = try PageHeader(&reader)
                advance(reader.index)
                return header
            } catch {
                // It may be longer than what is there of it.
                guard error == .endsEarly, wanted < min(end - offset, Self.headerLimit) else {
                    throw error
                }
                wanted *= 4
            }
        }
    }

    /// The bytes of a page, checked.
    private func bytes(_ header: PageHeader) async throws(ParquetFault) -> ArraySlice<UInt8> {
        guard header.size <= end - offset else { throw .endsEarly }
        try await fill(header.size)
        let bytes = buffer.prefix(header.size)
        advance(header.size)
        if let wanted = header.checksum {
            var checksum = Checksum()
            checksum.take(bytes)
            guard checksum.value == wanted else {
                throw .malformed("a page of \(type.name) has another checksum than it says")
            }
        }
        return bytes
    }

    private func skip(_ count: Int) async throws(ParquetFault) {
        guard count <= end - offset else { throw .endsEarly }
        if count <= buffer.count { return advance(count) }
        buffer = []
        offset += count
    }

    private func advance(_ count: Int) {
        buffer = buffer.dropFirst(count)
        // An empty slice keeps what it was a part of.
        if buffer.isEmpty { buffer = [] }
        offset += count
    }

    /// Has so many bytes at hand, and some that come behind them.
    private func fill(_ count: Int) async throws(ParquetFault) {
        guard buffer.count < count else { return }
        let start = offset + buffer.count
        let wanted = min(end, max(offset + count, start + window))
        buffer += try await object.read(start..<wanted)
    }
}

/// Keeps a row group within the size that AWS takes, whatever its pages say.
final class PageBudget {
    /// The most bytes of a row group (developer guide, "ItemReader (Map)").
    static let limit = 256 << 20

    private var left = PageBudget.limit

    /// Throws for a page that is larger than a row group may be.
    func check(_ header: PageHeader) throws(ParquetFault) {
        guard header.mostBytes <= Self.limit else { throw Self.fault }
    }

    /// Counts a page that is read, and decompressed.
    func spend(_ bytes: Int) throws(ParquetFault) {
        left -= bytes
        guard left >= 0 else { throw Self.fault }
    }

    static let fault = ParquetFault.tooLarge("a row group of it has more than 256 MiB")
}
