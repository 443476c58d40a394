/// What calls of the API are held to.
package enum ThrottlingSettings: Sendable, Hashable {
    case none
    /// The rates that AWS publishes for the region.
    case published
    /// Rates of operations, by name.
    case rates([String: CallRate])
}

/// How often an operation may be called: a token bucket.
package struct CallRate: Sendable, Hashable {
    /// Calls that may come at once.
    package var bucketSize: Double
    /// Calls that come free again, per second.
    package var refillPerSecond: Double

    package init(bucketSize: Double, refillPerSecond: Double) {
        self.bucketSize = bucketSize
        self.refillPerSecond = refillPerSecond
    }
}
