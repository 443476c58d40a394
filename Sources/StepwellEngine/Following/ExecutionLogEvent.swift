package import StepwellHistory
package import StepwellJSON

/// A history event as Step Functions writes it to CloudWatch Logs.
///
/// Source: recorded log events; "Using CloudWatch Logs to log execution history in Step Functions",
/// AWS Step Functions Developer Guide.
package struct ExecutionLogEvent: Sendable {
    /// The log group that the state machine's logging configuration names.
    package let logGroupName: String
    /// `states/STATE-MACHINE/MINUTE/HASH`: that of the executions started in one minute.
    package let logStreamName: String
    package let timestamp: Timestamp
    /// What Step Functions writes.
    package let message: JSONObject

    /// Escaped input or output beyond so many bytes is cut (developer guide, "CloudWatch Logs
    /// payloads").
    package static let payloadBytes = 248 << 10

    /// The log event of a history event; nil when the logging configuration leaves it out.
    package init?(_ event: HistoryEvent, of execution: FollowedExecution) {
        let logging = execution.logging
        guard let type = event.body.type, logging.level.includes(type) else { return nil }
        var details = EventJSON.details(
            of: event.body,
            includeExecutionData: logging.includeExecutionData
        )
        Self.cut(&details)
        timestamp = event.timestamp
        message = JSONObject([
            ("id", .string(String(event.id))),
            ("type", .string(type.rawValue)),
            ("details", .object(details)),
            ("previous_event_id", .string(String(event.previousEventID))),
            ("event_timestamp", .string(String(event.timestamp.milliseconds))),
            ("execution_arn", .string(execution.start.executionARN)),
            ("redrive_count", .string(String(execution.redriveCount))),
        ])
        logGroupName = Self.group(in: logging)
        logStreamName = Self.stream(of: execution)
    }

    /// The event as one line, in the members of FilterLogEvents' answer.
    package var line: JSONObject {
        JSONObject([
            ("logGroupName", .string(logGroupName)),
            ("logStreamName", .string(logStreamName)),
            ("timestamp", .number(JSONNumber(timestamp.milliseconds))),
            ("message", .string(JSONWriter.string(.object(message)))),
        ])
    }

    /// `NAME` of `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`.
    private static func group(in logging: LoggingConfiguration) -> String {
        let parts = (logging.groups.first ?? "").split(
            separator: ":",
            omittingEmptySubsequences: false
        )
        return parts.count > 6 ? String(parts[6]) : ""
    }

    private static func stream(of execution: FollowedExecution) -> String {
        let arn = execution.start.stateMachineARN
        let name = arn.split(separator: ":").last.map(String.init) ?? ""
        let minute = execution.startDate.rfc3339Seconds.utf8.prefix(16)
            .map { $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: ":") ? UInt8(ascii: "-") : $0 }
        // FNV-1a: the same for all executions of the state machine.
        var hash: UInt32 = 2_166_136_261
        for byte in arn.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        let suffix = String(repeating: "0", count: 8 - digits.utf8.count) + digits
        return "states/\(name)/\(String(decoding: minute, as: UTF8.self))/\(suffix)"
    }

    private static func cut(_ details: inout JSONObject) {
        for (member, mark) in [
            ("input", "inputDetails"), ("output", "outputDetails"), ("parameters", ""),
        ] {
            guard case .string(let text)? = details[member], text.utf8.count > payloadBytes / 6,
                let shorter = prefix(of: text)
            else { continue }
            details[member] = .string(shorter)
            if !mark.isEmpty {
                details[mark] = .object(JSONObject([("truncated", .bool(true))]))
            }
        }
    }

    /// As much of a text as has room when it is escaped; nil when all of it has.
    private static func prefix(of text: String) -> String? {
        var bytes = 0
        for index in text.unicodeScalars.indices {
            bytes += escapedLength(of: text.unicodeScalars[index])
            if bytes > payloadBytes { return String(text.unicodeScalars[..<index]) }
        }
        return nil
    }

    private static func escapedLength(of scalar: Unicode.Scalar) -> Int {
        switch scalar {
        case "\"", "\\", "\n", "\r", "\t", "\u{8}", "\u{C}": 2
        case "\u{0}"..<" ": 6
        default: UTF8.width(scalar)
        }
    }
}
