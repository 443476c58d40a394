public import Foundation
public import StepwellHistory
import StepwellLanguage

extension Timestamp {
    /// The millisecond that a date is in or next to; dates beyond the range are its ends.
    public init(_ date: Date) {
        let milliseconds = (date.timeIntervalSince1970 * 1_000).rounded()
        guard milliseconds.isFinite else {
            self.init(milliseconds: milliseconds > 0 ? .max : .min)
            return
        }
        self.init(
            milliseconds: Int64(exactly: milliseconds) ?? (milliseconds > 0 ? .max : .min)
        )
    }

    /// The time that a text like `2026-11-22T20:44:00.123Z` names, with any offset from UTC; nil
    /// when it names none.
    ///
    /// A fraction is cut off after the milliseconds.
    public init?(rfc3339 text: String) {
        guard let instant = StatesTimestamp(parsing: text) else { return nil }
        self.init(milliseconds: instant.milliseconds)
    }

    /// The time as a date.
    public var date: Date { Date(self) }

    /// The millisecond of a date of the years 0 to 9999, which have a text; nil for others.
    init?(exactly date: Date) {
        let seconds = date.timeIntervalSince1970
        guard seconds >= -62_167_219_200, seconds < 253_402_300_800 else { return nil }
        self.init(date)
    }
}

extension Date {
    /// The date of a time.
    public init(_ time: Timestamp) {
        self.init(timeIntervalSince1970: Double(time.milliseconds) / 1_000)
    }
}

extension Timestamp: Codable {
    /// Reads a text like `2026-11-22T20:44:00.123Z`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let time = Timestamp(rfc3339: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected an RFC 3339 date"
            )
        }
        self = time
    }

    /// Writes a text like `2026-11-22T20:44:00.123Z`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}
