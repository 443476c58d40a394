import StepwellJSON

/// How the end of a `.sync` task is found out: the action that describes its job, and what it says.
struct JobRules: Sendable {
    /// A parameter that names the job.
    struct Reference: Sendable {
        enum Source: Sendable {
            /// A member of the task's parameters.
            case parameter(MemberPath)
            /// A member of what the submission was answered with.
            case answer(MemberPath)
            /// Always the same.
            case fixed(JSONValue)
        }

        let member: String
        let source: Source
        /// Whether the action takes a list of them.
        var isList = false
    }

    /// The action that stops a job.
    struct Stop: Sendable {
        let action: String
        let reference: [Reference]
    }

    /// What the task comes to, of the description's answer.
    enum Output: Sendable {
        /// The job itself.
        case job
        /// The whole answer.
        case answer
        /// The job as the one member of an object.
        case member(String)
        /// What the submission came to, with the whole answer.
        case submissionAndAnswer
    }

    /// The action that describes a job.
    let describe: String
    let reference: [Reference]
    /// Where the job is in the answer.
    var job: MemberPath = ""
    /// Where its status is in the job.
    var status: MemberPath = "Status"
    /// The statuses of a job that has ended as it should.
    let succeeded: Set<String>
    /// The statuses of a job that has ended otherwise.
    let failed: Set<String>
    /// Whether a job with a status of success has really succeeded.
    var hasSucceeded: @Sendable (JSONValue) -> Bool = { _ in true }
    var output = Output.job
    /// How it is stopped; nil when AWS leaves it alone.
    var stop: Stop?
    /// The code that says that what was to be deleted is gone.
    var goneCode: String?

    /// The same with something about it changed.
    func with(_ change: (inout JobRules) -> Void) -> JobRules {
        var changed = self
        change(&changed)
        return changed
    }
}

extension JobRules.Reference {
    /// A member of the parameters, of another name there if told.
    static func parameter(_ member: String, _ path: MemberPath? = nil) -> Self {
        Self(member: member, source: .parameter(path ?? MemberPath(stringLiteral: member)))
    }

    /// A member of the answer, of another name there if told.
    static func answer(_ member: String, _ path: MemberPath? = nil) -> Self {
        Self(member: member, source: .answer(path ?? MemberPath(stringLiteral: member)))
    }

    /// A list of one member of the answer.
    static func list(_ member: String, of path: MemberPath) -> Self {
        Self(member: member, source: .answer(path), isList: true)
    }

    /// Always the same text.
    static func text(_ member: String, _ text: String) -> Self {
        Self(member: member, source: .fixed(.string(text)))
    }

    /// What a stop gives as its reason.
    static let reason = text("Reason", "The execution that waits for it was ended.")
}

extension [JobRules.Reference] {
    /// The parameters that name a job; nil when something that is needed is not there.
    func parameters(_ parameters: JSONValue, answer: JSONValue?) -> JSONObject? {
        var named = JSONObject()
        for reference in self {
            let value: JSONValue?
            switch reference.source {
            case .parameter(let path): value = path.value(in: parameters)
            case .answer(let path): value = answer.flatMap { path.value(in: $0) }
            case .fixed(let fixed): value = fixed
            }
            guard let value, !value.isNull else { return nil }
            named[reference.member] = reference.isList ? .array([value]) : value
        }
        return named
    }
}
