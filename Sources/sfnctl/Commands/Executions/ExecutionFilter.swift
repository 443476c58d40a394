import ArgumentParser
import Glibc
import StepwellHistory
import StepwellJSON

/// A status that executions can be chosen by.
enum StatusArgument: String, ExpressibleByArgument, CaseIterable {
    case running = "RUNNING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case timedOut = "TIMED_OUT"
    case aborted = "ABORTED"
    case pendingRedrive = "PENDING_REDRIVE"

    /// Takes small letters, and a hyphen for the underscore, too.
    init?(argument: String) {
        self.init(rawValue: argument.uppercased().replacing("-", with: "_"))
    }
}

/// Which executions are meant.
struct ExecutionFilter: ParsableArguments {
    @Option(
        help: ArgumentHelp("Only executions of this status; repeatable.", valueName: "STATUS")
    )
    var status: [StatusArgument] = []

    @Option(
        name: .customLong("name"),
        help: ArgumentHelp(
            "Only executions of this name; * stands for any text, ? for one character.",
            valueName: "PATTERN"
        )
    )
    var namePattern: String?

    @Option(
        help: ArgumentHelp(
            "Only executions started then or later: RFC 3339, or how long ago (90s, 30m, 2h, 7d).",
            valueName: "TIME"
        )
    )
    var from: Moment?

    @Option(help: ArgumentHelp("Only executions started before.", valueName: "TIME"))
    var to: Moment?

    /// The executions of one listing that are meant, newest start first, `limit` at most.
    ///
    /// - Parameters:
    ///   - listing: the request's `stateMachineArn` or `mapRunArn`.
    ///   - limit: how many are wanted.
    ///   - api: who is asked.
    /// - Returns: the elements of ListExecutions, and whether there are no more.
    /// - Throws: `ServiceError`.
    func find(
        _ listing: JSONObject,
        limit: Int,
        on api: any ServiceAPI
    ) async throws -> (executions: [JSONObject], isComplete: Bool) {
        var request = listing
        // The server takes one status; of several, it is asked for all.
        if status.count == 1 { request["statusFilter"] = .string(status[0].rawValue) }
        let (from, to) = (from?.time(), to?.time())
        var found: [JSONObject] = []
        var isTooOld = false
        let isAtEnd = try await api.each(
            "ListExecutions",
            request,
            in: "executions",
            pageSize: isNarrow ? 1_000 : min(1_000, limit + 1)
        ) { execution in
            let start = Timestamp(epochSeconds: execution["startDate"])
            if let from, let start, start < from {
                // The listing goes back in time.
                isTooOld = true
                return false
            }
            if let to, let start, start >= to { return true }
            guard hasStatus(execution), hasName(execution) else { return true }
            guard found.count < limit else { return false }
            found.append(execution)
            return true
        }
        return (found, isAtEnd || isTooOld)
    }

    /// Whether some of what is listed may not be meant.
    private var isNarrow: Bool { namePattern != nil || status.count > 1 || to != nil }

    private func hasStatus(_ execution: JSONObject) -> Bool {
        guard status.count > 1 else { return true }
        let found = execution["status"]?.stringValue
        return status.contains { $0.rawValue == found }
    }

    private func hasName(_ execution: JSONObject) -> Bool {
        guard let namePattern else { return true }
        return fnmatch(namePattern, execution["name"]?.stringValue ?? "", 0) == 0
    }
}
