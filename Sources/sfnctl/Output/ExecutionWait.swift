import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// What one branch of an execution waits for.
struct ExecutionWait {
    /// Where in the execution the branch is.
    let path: String
    let state: String
    /// `task`, `timer`, `retry`, `token`, `activity`, `children`, `capacity` or `nothing`.
    let kind: String
    /// Everything that is known of it.
    let details: JSONObject
    /// The input of the state.
    let input: JSONValue?

    /// The waits of a picture of an execution, in the order of its branches.
    static func all(in picture: JSONObject) -> [ExecutionWait] {
        var found: [ExecutionWait] = []
        // A stack rather than recursion: branches lie in branches.
        var pending = Array((picture["branches"]?.arrayValue ?? []).reversed())
        while let branch = pending.popLast()?.objectValue {
            if let details = branch["waitingFor"]?.objectValue,
                let kind = details["kind"]?.stringValue, kind != "children", kind != "nothing"
            {
                found.append(
                    ExecutionWait(
                        path: branch["path"]?.stringValue ?? "",
                        state: branch["state"]?.stringValue ?? "",
                        kind: kind,
                        details: details,
                        input: branch["input"]
                    )
                )
            }
            let children = branch["children"]?.objectValue?["branches"]?.arrayValue ?? []
            pending += children.reversed()
        }
        return found
    }

    /// The waits of the execution with an ARN.
    static func all(of arn: String, on api: any ServiceAPI) async throws -> [ExecutionWait] {
        let request: JSONObject = ["executionArn": .string(arn), "maxChildren": .integer(1_000)]
        return all(in: try await api.call("DescribeExecutionState", request, of: .stepwell))
    }

    /// Branch and state, as people read it.
    var place: String { path.isEmpty ? state : "\(path)/\(state)" }

    /// The token that ends it, if one does.
    var token: String? { details["token"]?.stringValue }

    /// Since when.
    var since: Timestamp? { Self.time(details["since"]) }

    /// The wait on one line.
    var line: StyledLine {
        var line = StyledLine(place)
        line.add("  \(kind)", .yellow)
        if let resource = details["resource"]?.stringValue { line.add("  \(resource)") }
        let now = SystemClock().now()
        if let until = Self.time(details["until"]) {
            line.add("  until \(until.rfc3339Seconds) (\(Lapse(from: now, to: until).text))")
        }
        if let since { line.add("  for \(Lapse(from: since, to: now).text)", .faint) }
        if let attempt = details["deliveries"]?.intValue, attempt > 1 {
            line.add("  delivered \(attempt) times", .faint)
        }
        return line
    }

    /// A time as pictures have it.
    static func time(_ value: JSONValue?) -> Timestamp? {
        guard let text = value?.stringValue, let time = StatesTimestamp(parsing: text) else {
            return nil
        }
        return Timestamp(milliseconds: time.milliseconds)
    }
}
