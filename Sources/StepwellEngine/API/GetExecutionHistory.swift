/// What GetExecutionHistory is asked.
package struct GetExecutionHistoryRequest: Sendable {
    package var executionARN: String
    /// 1 to 1,000; 0 stands for 100.
    package var maxResults: Int
    package var reverseOrder: Bool
    package var nextToken: String?

    package init(
        executionARN: String,
        maxResults: Int = 0,
        reverseOrder: Bool = false,
        nextToken: String? = nil
    ) {
        self.executionARN = executionARN
        self.maxResults = maxResults
        self.reverseOrder = reverseOrder
        self.nextToken = nextToken
    }
}
