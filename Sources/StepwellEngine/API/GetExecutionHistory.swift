import StepwellHistory

/// What GetExecutionHistory is asked.
package struct GetExecutionHistoryRequest: Sendable {
    package var executionARN: String
    /// 1 to 1,000; 0 stands for 100.
    package var maxResults: Int
    package var reverseOrder: Bool
    package var nextToken: String?
    /// Whether the events show their payloads.
    package var includeExecutionData: Bool

    package init(
        executionARN: String,
        maxResults: Int = 0,
        reverseOrder: Bool = false,
        nextToken: String? = nil,
        includeExecutionData: Bool = true
    ) {
        self.executionARN = executionARN
        self.maxResults = maxResults
        self.reverseOrder = reverseOrder
        self.nextToken = nextToken
        self.includeExecutionData = includeExecutionData
    }
}

/// What GetExecutionHistory answers, as it is sent.
package struct GetExecutionHistoryResponse: Sendable {
    /// The events: the text of a JSON array.
    package let events: [UInt8]
    /// Where the next page begins; nil on the last.
    package let nextToken: String?
}

/// The text of a page's events, no longer than it may be.
struct HistoryText {
    private(set) var events: [UInt8] = [UInt8(ascii: "[")]
    let limit: Int
    let includesData: Bool

    init(limit: Int, includesData: Bool) {
        self.limit = limit
        self.includesData = includesData
    }

    /// Adds an event, if it is the first or there is room for it.
    mutating func take(_ event: HistoryEvent) -> Bool {
        let end = events.count
        EventJSON.append(event, includeExecutionData: includesData, to: &events)
        // One more for the bracket that ends the array.
        guard end > 1, events.count >= limit else { return true }
        events.removeSubrange(end...)
        return false
    }

    /// The text of the array.
    consuming func finished() -> [UInt8] {
        events.append(UInt8(ascii: "]"))
        return events
    }
}
