import StepwellHistory

/// A task or job that runs here, or has run.
struct LocalJob: Sendable {
    /// How far it is, in Batch's words.
    enum Status: String, Sendable {
        case submitted = "SUBMITTED"
        case pending = "PENDING"
        case runnable = "RUNNABLE"
        case running = "RUNNING"
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"

        var isOver: Bool { self == .succeeded || self == .failed }
    }

    /// One run of the program.
    struct Attempt: Sendable {
        var started: Timestamp
        var stopped: Timestamp
        var end: LocalCommandEnd
        var reason: String
    }

    let request: LocalJobRequest
    var status: Status
    let created: Timestamp
    var started: Timestamp?
    var stopped: Timestamp?
    var reason: String?
    var attempts: [Attempt] = []
    /// Why it was told to end; nil while it was not.
    var terminationReason: String?
    /// The jobs that have to succeed before it begins.
    var openDependencies = 0
    /// The children of an array job by their status; empty for others.
    var children: [Status: Int] = [:]

    init(_ request: LocalJobRequest, at time: Timestamp) {
        self.request = request
        status = .submitted
        created = time
        started = nil
        stopped = nil
        reason = nil
        terminationReason = nil
    }

    /// The exit code of the last attempt.
    var exitCode: Int32? { attempts.last?.end.exitCode }
}
