/// An instant, parsed from the ISO 8601 extended offset date-time text that the States language
/// uses: `2016-12-05T21:29:29.25Z`, `2016-12-05T21:29+01:00`.
package struct StatesTimestamp: Sendable, Equatable {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    package let seconds: Int64
    /// The rest, from 0 to 999,999,999.
    package let nanoseconds: Int32

    /// The instant that `text` names; `nil` when it is no such text (no `T`, no offset, month 13).
    package init?(parsing text: String) {
        var reader = TimestampReader(text)
        guard let instant = reader.instant() else { return nil }
        seconds = instant.seconds
        nanoseconds = instant.nanoseconds
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, rounded down.
    package var milliseconds: Int64 {
        seconds * 1000 + Int64(nanoseconds / 1_000_000)
    }

    /// Negative, zero or positive as this instant is before, at or after `other`.
    func order(to other: StatesTimestamp) -> Int {
        if self == other { return 0 }
        return (seconds, nanoseconds) < (other.seconds, other.nanoseconds) ? -1 : 1
    }
}
