/// The fixed tags of the keys in the store; append only, a retired tag stays reserved.
enum KeySpace {
    /// Rows of the unnamed table.
    enum Row: UInt8, CaseIterable {
        /// Who the store is; written once.
        case identity = 0x01
        /// Position and digest of the newest batch; written by each commit.
        case head = 0x02
        /// The sorted runs and where recovery starts.
        case manifest = 0x03

        var key: [UInt8] { [rawValue] }
    }

    /// The named tables.
    enum Table: String, CaseIterable {
        /// Position → batch.
        case journal
        /// Run and block → sorted derived data.
        case derived
        /// Execution → its newest snapshot.
        case snapshots
    }

    /// The families of derived data, in the order they have in a run.
    enum Index: UInt8, CaseIterable {
        /// Number → entry.
        case entry = 0x01
        /// Machine and name, newest first.
        case name = 0x02
        /// Machine and start, newest first.
        case listing = 0x03
        /// Status, machine and start, newest first.
        case listingByStatus = 0x04
        /// Next timer of running executions, earliest first.
        case due = 0x05
        /// Running executions with outstanding work.
        case unsettled = 0x06
    }
}
