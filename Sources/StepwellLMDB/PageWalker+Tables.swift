extension PageWalker {
    /// A named table as its file describes it.
    package struct NamedTree: Sendable, Hashable {
        package let name: [UInt8]
        let tree: MetaPage.Tree
    }

    /// The named tables; checks the unnamed table that lists them.
    package mutating func tables() throws(LMDBError) -> [NamedTree] {
        try rows().tables
    }

    /// The rows of the unnamed table with their values, and the named tables.
    package mutating func rows() throws(LMDBError) -> (
        rows: [(key: [UInt8], value: [UInt8])], tables: [NamedTree]
    ) {
        var places: [(key: [UInt8], place: ValuePlace)] = []
        try walk(meta.main, order: .bytes) { key, place in places.append((key, place)) }
        var rows: [(key: [UInt8], value: [UInt8])] = []
        var tables: [NamedTree] = []
        for (key, place) in places {
            let value = try file.read(at: place.offset, count: place.byteCount)
            if place.isTable, let tree = MetaPage.Tree(value[...]) {
                guard tree.flags == 0 else {
                    throw file.damaged("a table of kind \(tree.flags)")
                }
                tables.append(NamedTree(name: key, tree: tree))
            } else {
                rows.append((key, value))
            }
        }
        return (rows, tables)
    }

    /// Visits a named table's entries in key order, each with a copy of its value.
    package mutating func visit(
        _ table: NamedTree,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(LMDBError) -> Void
    ) throws(LMDBError) {
        let file = file
        try walk(table.tree, order: .bytes) { key, place throws(LMDBError) in
            try body(key, try file.read(at: place.offset, count: place.byteCount))
        }
    }
}
