import StepwellJSON

/// The parameters of a task, as the action that is asked for reads them.
struct TaskParameters {
    private let members: JSONObject
    private let action: String
    private let error: String

    /// Takes parameters that are among the fields of an action; what is wrong with any is a failure
    /// named `error`.
    ///
    /// - Throws: `TaskFailure` when they are no object, or there is another field.
    init(
        _ value: JSONValue,
        of action: String,
        fields: [String],
        error: String
    ) throws(TaskFailure) {
        self.action = action
        self.error = error
        guard case .object(let members) = value else {
            throw TaskFailure(
                error: error,
                cause: "The parameters of \(action) must be an object"
            )
        }
        self.members = members
        for member in members
        where !fields.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
            throw invalid("\(action) has no parameter '\(member.key)'")
        }
    }

    /// A parameter as it is; nil when it is not given.
    subscript(_ name: String) -> JSONValue? { members[name] }

    /// A parameter that is a text; nil when it is not given, or null.
    func text(_ name: String) throws(TaskFailure) -> String? {
        switch members[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw invalid("The parameter '\(name)' of \(action) must be a string")
        }
    }

    /// A text that has to be given.
    func requiredText(_ name: String) throws(TaskFailure) -> String {
        guard let text = try text(name) else {
            throw invalid("\(action) needs the parameter '\(name)'")
        }
        return text
    }

    /// The failure about a parameter.
    func invalid(_ cause: String) -> TaskFailure { TaskFailure(error: error, cause: cause) }
}
