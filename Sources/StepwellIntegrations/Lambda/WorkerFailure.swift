import StepwellJSON

/// Why a process of a function did not answer an invocation, and what the invocation fails with, in
/// Lambda's names and words.
enum WorkerFailure: Sendable {
    /// The runtime said at its start what is wrong with the function; its text.
    case initialization([UInt8])
    /// The process ended.
    case exited(ProcessEnd)
    /// The time was over.
    case timedOut(Duration)
    /// It took more memory than it may.
    case outOfMemory
    /// It had more processes and threads than it may.
    case tooManyProcesses
    /// It could not be started.
    case notStarted(String)
    /// The response is larger than it may be.
    case tooLarge

    /// The payload of an invocation that fails with it.
    func payload(requestID: String) -> [UInt8] {
        if case .initialization(let text) = self { return text }
        let error = JSONObject([
            ("errorType", .string(type)),
            ("errorMessage", .string(message(requestID: requestID))),
        ])
        return JSONWriter.write(.object(error))
    }

    /// What the log says of it.
    func message(requestID: String) -> String {
        let text: String
        switch self {
        case .initialization: text = "the function could not be initialised"
        case .exited(.exited(0)): text = "Runtime exited without providing a reason"
        case .exited(let end): text = "Runtime exited with error: \(end)"
        case .timedOut(let time): text = "Task timed out after \(Self.seconds(time)) seconds"
        case .outOfMemory, .tooManyProcesses: text = "Runtime exited with error: signal: killed"
        case .notStarted(let reason): text = reason
        case .tooLarge:
            return "Response payload size exceeded maximum allowed payload size "
                + "(\(RuntimeConnection.maximumBytes) bytes)."
        }
        return "RequestId: \(requestID) Error: \(text)"
    }

    private var type: String {
        switch self {
        case .initialization: "Runtime.Unknown"
        case .exited, .outOfMemory, .tooManyProcesses: "Runtime.ExitError"
        case .timedOut: "Sandbox.Timedout"
        case .notStarted: "Runtime.InvalidEntrypoint"
        case .tooLarge: "Function.ResponseSizeTooLarge"
        }
    }

    /// What the line REPORT names.
    var reported: String {
        switch self {
        case .outOfMemory: "Runtime.OutOfMemory"
        case .tooManyProcesses: "Runtime.TooManyProcesses"
        case .initialization, .exited, .timedOut, .notStarted, .tooLarge: type
        }
    }

    /// Two places: `3.00`.
    private static func seconds(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        let hundredths = attoseconds / 10_000_000_000_000_000
        return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}
