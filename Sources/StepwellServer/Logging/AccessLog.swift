package import StepwellEngine
import StepwellHistory
import StepwellJSON

/// A log of requests, one JSON object a line: who asked for what, from where, how it was answered,
/// how long that took.
///
/// What was asked and answered is not in it, nor what is behind the `?` of a URI: that may be
/// secret.
package struct AccessLog: Sendable {
    private let sink: any AuditSink
    private let clock: any EngineClock

    /// An access log that goes to a sink.
    package init(sink: any AuditSink, clock: any EngineClock) {
        self.sink = sink
        self.clock = clock
    }

    /// Records a request and its answer.
    func record(_ request: ServiceRequest, _ response: ServiceResponse, _ duration: Duration) {
        var line = JSONObject()
        line["time"] = .string(clock.now().rfc3339)
        line["requestId"] = .string(request.id)
        line["client"] = request.peer.map { .string($0) } ?? .null
        if let proxy = request.proxy { line["proxy"] = .string(proxy) }
        line["accessKeyId"] = request.caller.map { .string($0) } ?? .null
        // What is no HTTP has neither.
        let isRead = !request.method.isEmpty
        line["method"] = isRead ? .string(request.method) : .null
        line["path"] = isRead ? .string(Self.cut(request.pathAndQuery.path)) : .null
        if let target = request.target { line["target"] = .string(Self.cut(target)) }
        line["status"] = .number(JSONNumber(Int64(response.status)))
        line["requestBytes"] = .number(JSONNumber(Int64(request.body.count)))
        line["responseBytes"] = .number(JSONNumber(Int64(response.body.count)))
        let (seconds, attoseconds) = duration.components
        let milliseconds = Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000) / 1000
        line["milliseconds"] = .number(JSONNumber(milliseconds))
        if let agent = request.headerValues("user-agent").first {
            line["userAgent"] = .string(Self.cut(agent))
        }
        if let trace = request.trace { line["trace"] = .string(trace.header) }
        sink.write(JSONWriter.write(.object(line)))
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= 512 ? text : String(decoding: text.utf8.prefix(512), as: UTF8.self)
    }
}
