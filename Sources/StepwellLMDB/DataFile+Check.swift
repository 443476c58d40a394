/// What a check of a data file found.
package struct DataFileReport: Sendable, Hashable {
    /// The number of the newest commit.
    package let transaction: UInt64
    package let pageCount: UInt64
    /// Rows of the unnamed table that are no tables, and of all named ones.
    package let entries: UInt64
    /// Whether the pages kept changing while they were read, so that only the size was checked.
    package let isPartial: Bool
}

extension DataFile {
    private static let attempts = 4
    private static let slack: UInt64 = 4096

    /// Checks everything that liblmdb would trust: meta pages, the size of the file, every branch
    /// and leaf page, the extent of every value, the list of free pages.
    ///
    /// A process that writes meanwhile makes pages change below the check; it begins again then.
    package func check() throws(LMDBError) -> DataFileReport {
        var file = self
        for attempt in 1...Self.attempts {
            let before = try file.newestMeta()
            do throws(LMDBError) {
                return try file.checkOnce(before)
            } catch  where error.code == .damaged {
                let now = try DataFile(path: path)
                guard try now.newestMeta().transaction != before.transaction else { throw error }
                file = now
                if attempt == Self.attempts { break }
            }
        }
        let meta = try file.newestMeta()
        return DataFileReport(
            transaction: meta.transaction,
            pageCount: meta.lastPage + 1,
            entries: 0,
            isPartial: true
        )
    }

    private func checkOnce(_ meta: MetaPage) throws(LMDBError) -> DataFileReport {
        var walker = try PageWalker(self)
        let tables = try walker.tables()
        var entries = meta.main.entries - min(meta.main.entries, UInt64(tables.count))
        for table in tables {
            entries += table.tree.entries
            try walker.walk(table.tree, order: .bytes) { _, _ in }
        }
        try walker.walkFreePages()
        // A page that was handed out last is used or free; so far behind there can be none.
        guard meta.lastPage <= max(walker.used.highest, 2) + Self.slack else {
            throw damaged("the meta page names \(meta.lastPage) pages, and few are known")
        }
        return DataFileReport(
            transaction: meta.transaction,
            pageCount: meta.lastPage + 1,
            entries: entries,
            isPartial: false
        )
    }

    /// The meta page of the newest commit.
    ///
    /// The pages have to be those of two commits in a row, the
    /// even one first.
    package func newestMeta() throws(LMDBError) -> MetaPage {
        let pages = try metas()
        return pages.0.transaction > pages.1.transaction ? pages.0 : pages.1
    }

    /// Both meta pages.
    package func metas() throws(LMDBError) -> (MetaPage, MetaPage) {
        let bytes = try read(at: 0, count: 2 * Self.pageSize)
        let first = try MetaPage(Array(bytes.prefix(Self.pageSize)), number: 0, of: self)
        let second = try MetaPage(Array(bytes.dropFirst(Self.pageSize)), number: 1, of: self)
        let isNew = first.transaction == 0 && second.transaction == 0
        let (low, high) =
            first.transaction < second.transaction
            ? (first.transaction, second.transaction) : (second.transaction, first.transaction)
        guard isNew || (high - low == 1 && first.transaction % 2 == 0) else {
            throw damaged(
                "the meta pages are of commits \(first.transaction) and \(second.transaction), "
                    + "which do not follow each other"
            )
        }
        return (first, second)
    }
}
