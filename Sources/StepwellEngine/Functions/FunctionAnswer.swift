package import StepwellHistory

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What Lambda's API action Invoke answers.
package struct FunctionAnswer: Sendable {
    /// 200, of an event 202, of a dry run 204.
    package var status: Int
    package var payload: [UInt8]
    /// `Handled` or `Unhandled` when the function failed; the payload is the error then.
    package var functionError: String?
    package var executedVersion: String?
    /// The last 4 KiB of the log, in Base64.
    package var logResult: String?
    package var requestID: String?
    /// The headers of the answer, as they came or as Lambda would send them.
    package var headers: [(name: String, value: String)]

    package init(
        status: Int,
        payload: [UInt8],
        functionError: String? = nil,
        executedVersion: String? = nil,
        logResult: String? = nil,
        requestID: String? = nil,
        headers: [(name: String, value: String)] = []
    ) {
        self.status = status
        self.payload = payload
        self.functionError = functionError
        self.executedVersion = executedVersion
        self.logResult = logResult
        self.requestID = requestID
        self.headers = headers
    }

    /// Gives an answer that comes from no HTTP exchange the headers that Lambda would send, in the
    /// order in which AWS's results have them.
    package mutating func addHeaders(at time: Timestamp, traceHeader: String) {
        headers = []
        if let logResult { headers.append(("X-Amz-Log-Result", logResult)) }
        if let functionError { headers.append(("X-Amz-Function-Error", functionError)) }
        if let executedVersion { headers.append(("X-Amz-Executed-Version", executedVersion)) }
        headers += [
            ("x-amzn-Remapped-Content-Length", "0"), ("Connection", "keep-alive"),
            ("x-amzn-RequestId", requestID ?? ""), ("Content-Length", "\(payload.count)"),
            ("Date", Self.date(time)), ("X-Amzn-Trace-Id", traceHeader),
            ("Content-Type", "application/json"),
        ]
    }

    /// A time as HTTP writes it.
    private static func date(_ time: Timestamp) -> String {
        var seconds = time_t(time.milliseconds / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = days[Int(parts.tm_wday)]
        let month = months[Int(parts.tm_mon)]
        return "\(day), \(two(parts.tm_mday)) \(month) \(parts.tm_year + 1900) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
