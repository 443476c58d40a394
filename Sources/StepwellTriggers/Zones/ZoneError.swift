/// Why a time zone cannot be used.
package struct ZoneError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Sendable, Hashable {
        /// There is no zone of that name.
        case unknown(String)
        /// There are no time zones on this machine at all; the name, and where they were sought.
        case noDatabase(String, String)
    }

    package let reason: Reason

    init(_ reason: Reason) {
        self.reason = reason
    }

    /// What is wrong, and how to fix it.
    package var description: String {
        switch reason {
        case .unknown(let name):
            "'\(name)' is not a time zone that this machine knows; names are those of the IANA "
                + "database, like 'Europe/Berlin'."
        case .noDatabase(let name, let directory):
            "The time zone '\(name)' cannot be read: there is no time zone database in "
                + "\(directory); install tzdata, or set TZDIR to another directory."
        }
    }
}
