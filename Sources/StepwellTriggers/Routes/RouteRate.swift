package import StepwellJSON

/// How many requests there may be: a token bucket.
package struct RouteRate: Sendable, Hashable {
    /// Requests that may come at once.
    package var burst: Double
    /// Requests a second that may come for long.
    package var perSecond: Double

    /// Reads `{"Rate": 10, "Burst": 20}`; nil when it is something else.
    package init?(_ json: JSONValue) {
        guard let rate = json["Rate"]?.doubleValue, rate > 0 else { return nil }
        perSecond = rate
        burst = json["Burst"]?.doubleValue ?? max(1, rate)
        guard burst >= 1 else { return nil }
    }

    /// The same as it was read.
    var json: JSONValue {
        ["Burst": .number(JSONNumber(burst)), "Rate": .number(JSONNumber(perSecond))]
    }
}
