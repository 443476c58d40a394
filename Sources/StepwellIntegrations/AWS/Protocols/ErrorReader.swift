import StepwellJSON

/// Reads what a service says of a call that failed.
struct ErrorReader {
    let model: ServiceModel
    let operation: OperationModel

    /// The error of an answer.
    func read(_ answer: OutgoingAnswer, attempts: Int) -> ServiceFault {
        var (code, message) = codeAndMessage(answer)
        if code == nil, operation.method == "HEAD", answer.status == 404 {
            // An answer without a body says no more; the SDK knows what it means.
            if operation.name == "HeadObject" { code = "NoSuchKey" }
            if operation.name == "HeadBucket" { code = "NoSuchBucket" }
        }
        let name = Self.withoutNamespace(code ?? Self.code(of: answer.status))
        var fault = ServiceFault(
            code: name,
            message: message ?? Self.code(of: answer.status),
            status: answer.status,
            requestID: Self.requestID(answer) ?? requestID(within: answer),
            attempts: attempts
        )
        fault.extendedRequestID = answer.header("x-amz-id-2")
        fault.shape = model.errorShape(name, of: operation)
        return fault
    }

    /// The id that a service gives in the headers of an answer.
    static func requestID(_ answer: OutgoingAnswer) -> String? {
        answer.header("x-amzn-requestid") ?? answer.header("x-amz-request-id")
            ?? answer.header("x-amzn-request-id")
    }

    private func codeAndMessage(_ answer: OutgoingAnswer) -> (code: String?, message: String?) {
        switch model.metadata.wireProtocol {
        case .json, .restJSON:
            let body = try? JSONParser.parse(answer.body)
            let text = { (keys: [String]) in keys.compactMap { body?[$0]?.stringValue }.first }
            return (
                answer.header("x-amzn-errortype") ?? text(["__type", "code", "Code"]),
                text(["message", "Message", "errorMessage"])
            )
        case .cbor:
            let body = (try? CBORReader.read(answer.body)).map { CBORAnswerFormat.plain($0) }
            return (
                answer.header("x-amzn-errortype") ?? body?["__type"]?.stringValue,
                body?["message"]?.stringValue ?? body?["Message"]?.stringValue
            )
        case .query, .ec2, .restXML:
            guard let error = error(within: answer) else { return (nil, nil) }
            return (
                error.child("Code")?.string,
                error.child("Message")?.string ?? error.child("message")?.string
            )
        }
    }

    /// `<Error>` itself, within `<ErrorResponse>`, or within `<Response><Errors>`.
    private func error(within answer: OutgoingAnswer) -> XMLNode? {
        guard let root = try? XMLReader.read(answer.body) else { return nil }
        if root.name == "Error" { return root }
        return root.child("Error") ?? root.child("Errors")?.child("Error")
    }

    private func requestID(within answer: OutgoingAnswer) -> String? {
        guard let root = try? XMLReader.read(answer.body) else { return nil }
        return (root.child("RequestId") ?? root.child("RequestID") ?? root.child("requestId"))?
            .string
    }

    /// `com.amazonaws.dynamodb#ResourceNotFoundException:http://…` without what is around.
    private static func withoutNamespace(_ code: String) -> String {
        let behind = code.split(separator: "#").last.map(String.init) ?? code
        return behind.split(separator: ":").first.map(String.init) ?? behind
    }

    private static func code(of status: Int) -> String {
        switch status {
        case 400: "BadRequest"
        case 403: "Forbidden"
        case 404: "NotFound"
        case 429: "TooManyRequests"
        case 503: "ServiceUnavailable"
        case 500...: "InternalServerError"
        default: String(status)
        }
    }
}
