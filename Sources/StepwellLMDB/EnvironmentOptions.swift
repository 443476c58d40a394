/// How an environment is opened.
package struct EnvironmentOptions: Sendable, Hashable {
    /// When a commit is on the disk.
    package enum Durability: Sendable, Hashable {
        /// When the commit returns (LMDB's default flags).
        case synchronous
        /// Some time later: a crash of the machine can lose the newest commits or damage the file.
        case relaxed
    }

    /// The size of the reserved address space, which bounds the file.
    ///
    /// It costs nothing until it is used. Tools such as valgrind accept 32 GiB at most.
    package var mapSize: Int
    /// How many read transactions, in all processes, can be open at once.
    package var maxReaders: UInt32
    /// How many named tables there can be.
    package var maxTables: UInt32
    package var durability: Durability
    /// Whether the environment can only be read.
    package var isReadOnly: Bool

    package init(
        mapSize: Int = 1 << 40,
        maxReaders: UInt32 = 1024,
        maxTables: UInt32 = 16,
        durability: Durability = .synchronous,
        isReadOnly: Bool = false
    ) {
        self.mapSize = mapSize
        self.maxReaders = maxReaders
        self.maxTables = maxTables
        self.durability = durability
        self.isReadOnly = isReadOnly
    }
}
