import StepwellHistory

/// The items of a Map Run that are read from outside, a page at a time, as they are needed.
///
/// What is at hand are whole pages; one whose items were all given to children is forgotten.
package struct ItemReading: Sendable {
    /// A page that was read and has items to give.
    struct Page: Sendable {
        let items: ResolvedItems
        /// The index of the first item.
        let first: Int
        let count: Int
        let origins: [ItemOrigin]

        /// The item at an index among all items of the run.
        func item(at index: Int) -> ContextSource.MapItem? {
            guard var item = items.item(at: index - first) else { return nil }
            item.index = index
            var rest = index - first
            for origin in origins {
                if rest < origin.count {
                    item.source = origin.source
                    break
                }
                rest -= origin.count
            }
            return item
        }
    }

    /// The pages at hand, in order.
    private(set) var pages: [Page] = []
    /// The number of the page that is asked for next.
    private(set) var order = 0
    /// Where it begins; nil for the first.
    private(set) var cursor: [UInt8]?
    /// Whether there are no more pages.
    private(set) var isAtEnd = false
    /// How many items were read.
    package private(set) var count = 0

    /// As many bytes of pages are kept at hand: enough that children need not wait.
    static let readAhead = 256 << 10
    /// As many where children take many items together.
    static let readAheadOfBatches = 4 << 20

    /// Nothing is read yet; the first page asked for has this number.
    init(order: Int = 0) {
        self.order = order
    }

    /// The bytes of the pages at hand.
    var heldBytes: Int { pages.reduce(0) { $0 + $1.items.payload.text.count } }

    /// The item at an index, when it is at hand.
    func item(at index: Int) -> ContextSource.MapItem? {
        // Mostly of the first page: there are a few at most, but many small ones for batches.
        guard let first = pages.first, index >= first.first else { return nil }
        return pages.first { index < $0.first + $0.count }?.item(at: index)
    }

    /// A page has come.
    mutating func add(_ page: ItemPage) {
        let items = ResolvedItems(payload: page.items, maxConcurrency: 0)
        let found = items.count
        if found > 0 {
            pages.append(Page(items: items, first: count, count: found, origins: page.origins))
        }
        count += found
        order += 1
        cursor = page.next
        isAtEnd = page.next == nil
    }

    /// A page could not be read: it is asked for by another number, if at all.
    mutating func fail() {
        order += 1
    }

    /// Items below an index are not asked for any more.
    mutating func forget(below index: Int) {
        while let first = pages.first, first.first + first.count <= index { pages.removeFirst() }
    }
}

extension SnapshotWriter {
    mutating func write(_ reading: ItemReading) {
        writeCount(reading.pages.count)
        for page in reading.pages {
            write(page.items)
            writeCount(page.first)
            writeCount(page.count)
            writeCount(page.origins.count)
            for origin in page.origins {
                writeCount(origin.count)
                writeString(origin.source)
            }
        }
        writeCount(reading.order)
        writeOptional(reading.cursor) { $0.writeBytes($1) }
        write(reading.isAtEnd)
        writeCount(reading.count)
    }
}

extension ItemReading {
    init(from reader: inout SnapshotReader) throws(ByteReaderError) {
        for _ in 0..<(try reader.readElementCount()) {
            let items = try reader.readItems()
            let first = try reader.readCount()
            let count = try reader.readCount()
            var origins: [ItemOrigin] = []
            for _ in 0..<(try reader.readElementCount()) {
                let stretch = try reader.readCount()
                origins.append(ItemOrigin(count: stretch, source: try reader.readString()))
            }
            guard first <= Int(Int32.max), count <= Int(Int32.max) else {
                throw reader.invalid("page of items")
            }
            pages.append(Page(items: items, first: first, count: count, origins: origins))
        }
        order = try reader.readCount()
        cursor = try reader.readFlag() ? try reader.readBytes() : nil
        isAtEnd = try reader.readFlag()
        count = try reader.readCount()
    }
}
