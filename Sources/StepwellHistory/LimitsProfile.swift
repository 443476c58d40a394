/// The quotas that an execution lives under; recorded at its start so that replay agrees.
///
/// The defaults are AWS's (Step Functions developer guide, "Quotas").
package struct LimitsProfile: Sendable, Hashable {
    /// History events before the execution fails; 25,000.
    package var historyEvents: Int64
    /// Bytes of a payload (input, output, result, parameters); 262,144.
    package var payloadBytes: Int

    package init(historyEvents: Int64 = 25_000, payloadBytes: Int = 262_144) {
        self.historyEvents = historyEvents
        self.payloadBytes = payloadBytes
    }

    /// AWS's quotas for Standard workflows.
    package static let standard = LimitsProfile()
}
