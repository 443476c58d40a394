extension ServiceRequest {
    /// The services whose operations are named by `X-Amz-Target`: by what is in front of the name,
    /// and as actions are written.
    private static let services = [
        ("AWSStepFunctions.", "states"), ("Stepwell.", "stepwell"), ("AWSEvents.", "events"),
        ("AWSScheduler.", "scheduler"), ("StepwellTriggers.", "stepwell"),
    ]
    /// What the names of operations that only read begin with.
    private static let readers = ["Describe", "List", "Get"]
    /// Reads like one, and takes a task away.
    private static let taker = "GetActivityTask"
    /// These read nothing but what they are given.
    private static let judges: Set = ["ValidateStateMachineDefinition", "TestEventPattern"]

    private var called: (service: String, name: String)? {
        guard let target, method == "POST", pathAndQuery.path == "/" else { return nil }
        for (prefix, service) in Self.services where target.utf8.starts(with: prefix.utf8) {
            return (service, String(Substring(target.utf8.dropFirst(prefix.utf8.count))))
        }
        return nil
    }

    /// Whether the request only asks for what is there: a key that is read-only may send it.
    var isReading: Bool {
        guard let (_, name) = called else {
            return SchedulerRequest(self) != nil && method == "GET"
        }
        if name == Self.taker { return false }
        return Self.judges.contains(name)
            || Self.readers.contains { name.utf8.starts(with: $0.utf8) }
    }

    /// What the request wants done, as policies write it: `states:StartExecution`.
    var action: String {
        guard let (service, name) = called else { return "\(method) \(pathAndQuery.path)" }
        return "\(service):\(name)"
    }
}
