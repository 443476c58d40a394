internal import CLMDB

/// A table of an environment: keys in the order of their bytes, each with one value.
package struct Table: Sendable, Hashable {
    let identifier: MDB_dbi
    package let name: String

    init(identifier: MDB_dbi, name: String) {
        self.identifier = identifier
        self.name = name
    }
}

/// How much a table holds.
package struct TableStatistics: Sendable, Hashable {
    package let entries: Int
    package let depth: Int
    package let branchPages: Int
    package let leafPages: Int
    package let overflowPages: Int
}
