/// Walks the trees of a data file by `pread`.
///
/// Every bound is checked before it is used: page numbers, offsets of nodes, sizes of values, the
/// order of keys, counts, and that no page is used twice. A damaged file makes it throw `damaged`,
/// never crash.
package struct PageWalker {
    /// Where a value lies in the file.
    package struct ValuePlace: Sendable, Hashable {
        /// The offset in the file of the value's first byte.
        package let offset: Int
        package let byteCount: Int
        /// Whether it has pages of its own.
        package let isOverflow: Bool
        /// Whether the value describes a named table.
        let isTable: Bool
    }

    /// What a visitor of a tree is told of each entry: the key and where the value lies.
    package typealias Visitor = (_ key: [UInt8], _ place: ValuePlace) throws(LMDBError) -> Void

    let file: DataFile
    /// The newest commit's meta page.
    package let meta: MetaPage
    var used: PageSet

    private static let depthLimit = 32
    private static let integerKeys: UInt16 = 0x08

    /// A walker over the trees of one commit; by default of the newest.
    package init(_ file: DataFile, at meta: MetaPage? = nil) throws(LMDBError) {
        self.file = file
        let meta = if let meta { meta } else { try file.newestMeta() }
        self.meta = meta
        guard meta.free.flags == Self.integerKeys, meta.main.flags == 0 else {
            throw file.damaged("a tree of kind \(meta.free.flags), \(meta.main.flags)")
        }
        used = PageSet(count: meta.lastPage, limit: UInt64(file.byteCount / DataFile.pageSize))
    }

    /// Visits the entries of a tree in key order.
    mutating func walk(
        _ tree: MetaPage.Tree,
        order: KeyOrder,
        visit: Visitor
    ) throws(LMDBError) {
        guard let root = tree.root else {
            guard tree.entries == 0 else { throw file.damaged("a tree with entries has no root") }
            return
        }
        guard tree.depth >= 1, tree.depth <= Self.depthLimit else {
            throw file.damaged("a tree of depth \(tree.depth)")
        }
        var walk = TreeWalk(order: order)
        try descend(to: root, levels: tree.depth, &walk, visit)
        guard walk.entries == tree.entries else {
            throw file.damaged("a tree of \(tree.entries) entries holds \(walk.entries)")
        }
    }

    private mutating func descend(
        to number: UInt64,
        levels: Int,
        _ walk: inout TreeWalk,
        _ visit: Visitor
    ) throws(LMDBError) {
        let page = try TreePage(load(number), number: number, of: file)
        guard page.isLeaf == (levels == 1) else {
            throw file.damaged("page \(number) is a \(page.isLeaf ? "leaf" : "branch") too early")
        }
        for index in 0..<page.count {
            let node = try page.node(index)
            if page.isLeaf {
                try walk.accept(node.key, page: number, of: file)
                walk.entries += 1
                try visit(node.key, try place(of: node, page: number))
            } else {
                if index > 0 { try walk.bound(node.key, page: number, of: file) }
                try descend(to: node.child, levels: levels - 1, &walk, visit)
            }
        }
    }

    /// Where a leaf's value lies; claims the pages of an overflow value.
    private mutating func place(
        of node: TreePage.Node,
        page: UInt64
    ) throws(LMDBError) -> ValuePlace {
        guard node.isOverflow else {
            let offset = Int(page) * DataFile.pageSize + node.dataOffset
            return ValuePlace(
                offset: offset,
                byteCount: node.dataSize,
                isOverflow: false,
                isTable: node.isTable
            )
        }
        // A value that was overwritten by a smaller one keeps its pages.
        let least = (node.dataSize + 16 + DataFile.pageSize - 1) / DataFile.pageSize
        guard node.child <= meta.lastPage else {
            throw file.damaged("page \(node.child) is outside of the \(meta.lastPage) pages")
        }
        let head = try file.read(at: Int(node.child) * DataFile.pageSize, count: 16)
        guard head.count == 16 else {
            throw file.damaged("the file is truncated: page \(node.child) is beyond its end")
        }
        let pages = Int(head[...].little(at: 12, width: 4))
        guard head[...].little(at: 0, width: 8) == node.child,
            head[...].little(at: 10, width: 2) == 0x04, pages >= least
        else { throw file.damaged("page \(node.child) does not begin \(least) overflow pages") }
        try claim(node.child, pages: pages)
        return ValuePlace(
            offset: Int(node.child) * DataFile.pageSize + 16,
            byteCount: node.dataSize,
            isOverflow: true,
            isTable: false
        )
    }

    /// Claims a page and reads it.
    private mutating func load(_ number: UInt64) throws(LMDBError) -> [UInt8] {
        try claim(number, pages: 1)
        return try file.read(at: Int(number) * DataFile.pageSize, count: DataFile.pageSize)
    }

    private mutating func claim(_ number: UInt64, pages: Int) throws(LMDBError) {
        guard number >= 2, number <= meta.lastPage, UInt64(pages) <= meta.lastPage - number + 1
        else { throw file.damaged("page \(number) is outside of the \(meta.lastPage) pages") }
        let end = (number + UInt64(pages)) * UInt64(DataFile.pageSize)
        guard end <= UInt64(file.byteCount) else {
            throw file.damaged(
                "the file is truncated: page \(number) ends at byte \(end) and the file at "
                    + "\(file.byteCount)"
            )
        }
        for page in number..<number + UInt64(pages) where !used.insert(page) {
            throw file.damaged("page \(page) is used twice")
        }
    }

    /// Checks the list of free pages: each within the file's pages and used by nothing else.
    mutating func walkFreePages() throws(LMDBError) {
        var runs: [ValuePlace] = []
        try walk(meta.free, order: .integer) { _, place in runs.append(place) }
        for run in runs {
            let bytes = try file.read(at: run.offset, count: run.byteCount)
            guard bytes.count == run.byteCount, bytes.count >= 8 else {
                throw file.damaged("a list of free pages is too short")
            }
            let count = bytes[...].little(at: 0, width: 8)
            guard count <= UInt64(bytes.count / 8 - 1) else {
                throw file.damaged("a list of free pages is shorter than it says")
            }
            for index in 0..<Int(count) {
                let page = bytes[...].little(at: 8 + index * 8, width: 8)
                guard page >= 2, page <= meta.lastPage, used.insert(page) else {
                    throw file.damaged("page \(page) is free and used, or outside of the file")
                }
            }
        }
    }
}
