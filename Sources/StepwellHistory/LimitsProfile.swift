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

    /// Bytes of one variable; 262,144 when payloads may have so many.
    package var variableBytes: Int { payloadBytes }

    /// Bytes of all variables of one `Assign`; 262,144 when payloads may have so many.
    package var assignBytes: Int { payloadBytes }

    /// Bytes of all variables of an execution at a time; 10 MiB when payloads may have 256 KiB.
    package var allVariablesBytes: Int {
        let (bytes, overflow) = payloadBytes.multipliedReportingOverflow(by: 40)
        return overflow ? .max : bytes
    }

    /// AWS's quotas for Standard workflows.
    package static let standard = LimitsProfile()
}
