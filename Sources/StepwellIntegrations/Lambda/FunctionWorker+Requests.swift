import Foundation
import NIOCore
import NIOHTTP1
import StepwellEngine
import StepwellHistory
import StepwellJSON

/// The Runtime API, version 2018-06-01 (Lambda's developer guide, "Using the Lambda runtime API").
extension FunctionWorker {
    private static let base = "/2018-06-01/runtime/"

    /// Does what a request asks for.
    func handle(_ request: RuntimeRequest, on connection: RuntimeConnection) {
        let path = request.head.uri.prefix { $0 != "?" }
        guard path.hasPrefix(Self.base) else { return connection.refuse(.notFound, "NotFound") }
        let parts = path.dropFirst(Self.base.count).split(separator: "/")
        switch (request.head.method, parts.count) {
        case (.GET, 2) where parts == ["invocation", "next"]: next(on: connection)
        case (.POST, 2) where parts == ["init", "error"]:
            let isTaken = failInitialization(request.body) { connection.accept() }
            if !isTaken { connection.refuse(.forbidden, "InvalidStateTransition") }
        case (.POST, 3) where parts[0] == "invocation" && parts[2] == "response":
            take(parts[1], request, outcome(request), on: connection)
        case (.POST, 3) where parts[0] == "invocation" && parts[2] == "error":
            take(parts[1], request, .error(request.body), on: connection)
        default: connection.refuse(.notFound, "NotFound")
        }
    }

    private func take(
        _ id: Substring,
        _ request: RuntimeRequest,
        _ outcome: InvocationOutcome,
        on connection: RuntimeConnection
    ) {
        let isTooLarge = request.isTooLarge
        let isKnown = answer(id, isTooLarge ? .failed(.tooLarge) : outcome) {
            if isTooLarge {
                connection.refuse(.payloadTooLarge, "RequestEntityTooLarge")
            } else {
                connection.accept()
            }
        }
        if !isKnown { connection.refuse(.badRequest, "InvalidRequestID") }
    }

    /// A response; one that was streamed may end with an error.
    private func outcome(_ request: RuntimeRequest) -> InvocationOutcome {
        guard let type = request.trailers?.first(name: "Lambda-Runtime-Function-Error-Type") else {
            return .returned(request.body)
        }
        let body = request.trailers?.first(name: "Lambda-Runtime-Function-Error-Body")
        if let bytes = body.flatMap({ Data(base64Encoded: $0) }) { return .error(Array(bytes)) }
        let error = JSONObject([("errorType", .string(type)), ("errorMessage", .string(""))])
        return .error(JSONWriter.write(.object(error)))
    }
}

extension RuntimeConnection {
    /// Answers the request for an invocation.
    func deliver(_ invocation: Invocation, timeout: Duration) {
        let (seconds, attoseconds) = timeout.components
        let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        var fields = [
            ("Lambda-Runtime-Aws-Request-Id", invocation.id),
            (
                "Lambda-Runtime-Deadline-Ms",
                "\(SystemClock().now().milliseconds + milliseconds)"
            ),
            ("Lambda-Runtime-Invoked-Function-Arn", invocation.arn),
            ("Lambda-Runtime-Trace-Id", invocation.traceHeader),
        ]
        if let context = invocation.call.clientContext.flatMap({ Data(base64Encoded: $0) }) {
            // A header is one line; JSON is the same without its line ends.
            let text = String(decoding: context, as: UTF8.self)
            fields.append(("Lambda-Runtime-Client-Context", text))
        }
        let payload = invocation.call.payload
        answer(.ok, fields, payload.isEmpty ? Array("{}".utf8) : payload)
    }

    /// The request is done.
    func accept() {
        answer(.accepted, [], Array(#"{"status":"OK"}"#.utf8))
    }

    /// The request is not done.
    func refuse(_ status: HTTPResponseStatus, _ type: String) {
        let text = #"{"errorMessage":"\#(status.reasonPhrase)","errorType":"\#(type)"}"#
        answer(status, [], Array(text.utf8))
    }
}
