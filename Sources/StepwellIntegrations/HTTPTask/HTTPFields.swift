import StepwellEngine
import StepwellJSON

/// Headers and parameters of a query as tasks give them: a value, or a list of values.
struct HTTPFields {
    var fields: [(name: String, value: String)] = []

    init() {}

    /// The fields of an object; nil stands for none.
    ///
    /// Throws `TaskFailure` when it is no object.
    init(_ value: JSONValue?, _ what: String) throws(TaskFailure) {
        switch value {
        case nil, .null?: return
        case .object(let members)?:
            for (name, value) in members where !value.isNull {
                for each in value.arrayValue ?? [value] {
                    fields.append((name, FormEncoding.text(each)))
                }
            }
        default:
            throw .runtime("\(what) must be an object")
        }
    }

    /// Whether there is a header of a name, in whatever case.
    func contains(_ name: String) -> Bool {
        fields.contains { $0.name.lowercased() == name.lowercased() }
    }

    /// The first header of a name, in whatever case.
    func value(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Puts a field in the place of those of its name.
    mutating func set(_ name: String, _ value: String) {
        fields.removeAll { $0.name.lowercased() == name.lowercased() }
        fields.append((name, value))
    }

    /// Whether a text can be a header's name (RFC 9110, "token").
    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether a text can be a header's value: no end of a line, nothing else that controls.
    static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    /// Throws `TaskFailure` for the first header that a definition may not give.
    func refuse(
        _ names: Set<String>,
        prefixes: [String]
    ) throws(TaskFailure) {
        for field in fields {
            let name = field.name.lowercased()
            guard names.contains(name) || prefixes.contains(where: name.hasPrefix) else {
                guard Self.isName(field.name), Self.isValue(field.value) else {
                    throw .runtime("The header '\(field.name)' cannot be sent")
                }
                continue
            }
            throw .runtime("The header '\(field.name)' is not allowed")
        }
    }
}

extension TaskFailure {
    /// What cannot be done as the definition asks for it.
    static func runtime(_ cause: String) -> TaskFailure {
        TaskFailure(error: "States.Runtime", cause: cause)
    }
}
