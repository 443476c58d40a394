/// What became of a state in an execution, for the colour of its box.
package struct GraphStatus: Sendable, Equatable {
    /// The state's condition, under the names by which drawings know it.
    package enum Kind: String, Sendable, CaseIterable {
        case notEntered
        case running
        case succeeded
        case failed
        /// Failed, and a Catch or the tolerance of a Map took care of it.
        case caught
        case aborted
        case timedOut
        /// Waiting to be tried again.
        case retrying

        /// The words that a reader of the screen hears.
        package var words: String {
            switch self {
            case .notEntered: "not entered"
            case .timedOut: "timed out"
            case .caught: "caught error"
            case .running, .succeeded, .failed, .aborted, .retrying: rawValue
            }
        }
    }

    /// The condition.
    package var kind: Kind
    /// How often the state was entered, and how many of those visits are over well.
    package var entered: Int
    package var succeeded: Int
    /// How often it was tried again.
    package var retries: Int

    package init(_ kind: Kind, entered: Int = 0, succeeded: Int = 0, retries: Int = 0) {
        self.kind = kind
        self.entered = entered
        self.succeeded = succeeded
        self.retries = retries
    }

    /// What is said at the corner of the box: `9,990 of 10,000`, `2 retries`; nil when once is all.
    package var badge: String? {
        var parts: [String] = []
        if entered > 1 {
            let all = Self.grouped(entered)
            parts.append(
                succeeded == entered ? "\(all)\u{D7}" : "\(Self.grouped(succeeded)) of \(all)"
            )
        }
        if retries > 0 {
            parts.append(retries == 1 ? "1 retry" : "\(Self.grouped(retries)) retries")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " \u{B7} ")
    }

    /// A number with commas between the thousands.
    static func grouped(_ number: Int) -> String {
        var digits = Array("\(number)".utf8)
        var place = digits.count - 3
        while place > (number < 0 ? 1 : 0) {
            digits.insert(UInt8(ascii: ","), at: place)
            place -= 3
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
