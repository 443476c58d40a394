import StepwellJSON

/// What a call that changes something answers: one line for people, or its JSON.
struct Answer {
    private let members: JSONObject
    private let line: String

    init(_ members: JSONObject, line: String) {
        self.members = members
        self.line = line
    }

    /// An answer whose line is one of its members.
    init(_ members: JSONObject, line: JSONValue?) {
        self.init(members, line: line?.stringValue ?? "done")
    }

    /// Prints it.
    func show(json: Bool) {
        Terminal.line(json ? JSONWriter.string(.object(members)) : line)
    }
}
