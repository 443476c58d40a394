/// How often an operation may be called: a token bucket.
package struct TokenRate: Sendable, Hashable {
    /// Calls that may come at once.
    package var bucketSize: Double
    /// Calls that come free again, per second.
    package var refillPerSecond: Double

    package init(bucketSize: Double, refillPerSecond: Double) {
        self.bucketSize = bucketSize
        self.refillPerSecond = refillPerSecond
    }

    /// AWS's rates in a region (developer guide, "Quotas related to API action throttling").
    ///
    /// Operations for which AWS publishes none are not throttled.
    package static func published(region: String) -> [String: TokenRate] {
        let isLarge = ["us-east-1", "us-west-2", "eu-west-1"].contains(region)
        return table.mapValues { isLarge ? $0.large : $0.other }
    }

    private static let table: [String: (large: TokenRate, other: TokenRate)] = [
        "CreateActivity": same(100, 1),
        "CreateStateMachine": same(100, 1),
        "DeleteActivity": same(100, 1),
        "DeleteStateMachine": same(100, 1),
        "DescribeActivity": same(200, 1),
        "DescribeExecution": pair((300, 15), (250, 10)),
        "DescribeStateMachine": same(200, 20),
        "DescribeStateMachineForExecution": same(200, 1),
        "GetActivityTask": pair((3_000, 500), (1_500, 300)),
        "GetExecutionHistory": same(400, 20),
        "ListActivities": pair((100, 10), (100, 5)),
        "ListExecutions": pair((200, 5), (100, 2)),
        "ListStateMachines": same(100, 5),
        "ListTagsForResource": same(100, 1),
        "SendTaskFailure": pair((3_000, 500), (1_500, 300)),
        "SendTaskHeartbeat": pair((3_000, 500), (1_500, 300)),
        "SendTaskSuccess": pair((3_000, 500), (1_500, 300)),
        "StartExecution": pair((1_300, 300), (800, 150)),
        "StopExecution": pair((1_000, 200), (500, 25)),
        "TagResource": same(200, 1),
        "UntagResource": same(200, 1),
        "UpdateStateMachine": same(100, 1),
    ]

    private static func same(_ size: Double, _ refill: Double) -> (TokenRate, TokenRate) {
        pair((size, refill), (size, refill))
    }

    private static func pair(
        _ large: (Double, Double),
        _ other: (Double, Double)
    ) -> (TokenRate, TokenRate) {
        (
            TokenRate(bucketSize: large.0, refillPerSecond: large.1),
            TokenRate(bucketSize: other.0, refillPerSecond: other.1)
        )
    }
}
