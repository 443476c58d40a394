/// Which page of a history is wanted, and what it may cost.
struct HistoryPageRequest: Sendable {
    let page: PageRequest
    let isReversed: Bool
    /// Whether events show their payloads.
    let includesData: Bool
    /// Bytes of the log, those of payloads that were looked for included, after which the page
    /// ends.
    let logBytes: Int
    /// Bytes of events beyond which the page ends, unless it has none yet.
    let eventBytes: Int

    /// Throws the errors AWS throws for parameters out of range and for tokens that are none.
    init(
        _ request: GetExecutionHistoryRequest,
        _ limits: EngineLimits
    ) throws(ServiceError) {
        page = try PageRequest(
            maxResults: request.maxResults,
            token: request.nextToken,
            longestToken: 1_024
        )
        isReversed = request.reverseOrder
        includesData = request.includeExecutionData
        eventBytes = limits.historyPageBytes
        logBytes = 4 * limits.historyPageBytes
    }
}
