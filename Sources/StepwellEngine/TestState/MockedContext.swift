import StepwellJSON

/// A context object that a TestState request brings: only what a context object has.
enum MockedContext {
    /// The members of each part (developer guide, "Context object").
    private static let parts: [(name: String, members: [String])] = [
        (
            "Execution",
            ["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"]
        ),
        ("State", ["EnteredTime", "Name", "RetryCount"]),
        ("StateMachine", ["Id", "Name"]),
        ("Task", ["Token"]),
    ]

    /// Throws `ValidationException` when the text is none, or has the token of a task where the
    /// state has none.
    static func parse(_ text: String, hasToken: Bool) throws(ServiceError) -> JSONObject {
        guard let value = try? JSONParser.parse(Array(text.utf8)), let context = value.objectValue
        else { throw invalid("Context object must be a valid JSON object") }
        for (key, value) in context {
            if key == "Map" {
                throw invalid("'Map' field is not supported when mocking a Context object")
            }
            guard let part = parts.first(where: { $0.name == key }) else {
                throw invalid("Field '\(key)' is not allowed")
            }
            guard let members = value.objectValue else {
                throw invalid("Field '\(key)' must be an object")
            }
            for (member, value) in members {
                guard part.members.contains(member) else {
                    throw invalid("Field '\(member)' is not allowed")
                }
                try check(value, of: member)
            }
        }
        guard hasToken || context["Task"] == nil else {
            throw .validation(
                "Context object contains 'Task' when state is not a Task state with a '.sync' or "
                    + "'.waitForTaskToken' service integration pattern"
            )
        }
        return context
    }

    private static func check(_ value: JSONValue, of member: String) throws(ServiceError) {
        switch (member, value) {
        case ("Input", _), ("RetryCount", .number), ("RedriveCount", .number): return
        case ("RetryCount", _), ("RedriveCount", _):
            throw invalid("Field '\(member)' must be a number")
        case (_, .string): return
        default: throw invalid("Field '\(member)' must be a string")
        }
    }

    private static func invalid(_ problem: String) -> ServiceError {
        .validation("Invalid Context object provided: \(problem)")
    }
}
