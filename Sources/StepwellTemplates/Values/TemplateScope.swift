import StepwellIntegrations
import StepwellJSON

/// What functions of a template refer to: parameters, conditions, mappings, resources.
///
/// Values are worked out by `value(at:)`, which never goes round in a circle: conditions refer to
/// parameters and conditions, resources to the names of others only.
struct TemplateScope {
    let document: TemplateDocument
    let settings: TemplateSettings
    /// The values of the parameters.
    var parameters: [String: JSONValue] = [:]
    /// The conditions as they are written.
    let conditions: JSONValue?
    let mappings: JSONValue?
    /// The types of resources by their logical ids.
    let resources: [String: TemplateResource]
    /// How deeply functions may be nested.
    static let maximumDepth = 64

    init(_ document: TemplateDocument, _ settings: TemplateSettings) throws(SettingsProblems) {
        self.document = document
        self.settings = settings
        conditions = document.value["Conditions"]
        mappings = document.value["Mappings"]
        resources = Self.resources(of: document)
        try setParameters()
    }

    private static func resources(of document: TemplateDocument) -> [String: TemplateResource] {
        var resources: [String: TemplateResource] = [:]
        let place = JSONPointer.root.appending("Resources")
        for (name, value) in document.value["Resources"]?.objectValue ?? JSONObject() {
            guard let type = value["Type"]?.stringValue else { continue }
            resources[name] = TemplateResource(
                logicalID: name,
                type: type,
                place: place.appending(name)
            )
        }
        return resources
    }

    // MARK: Parameters

    private mutating func setParameters() throws(SettingsProblems) {
        var problems: [SettingsProblem] = []
        let place = JSONPointer.root.appending("Parameters")
        let declared = document.value["Parameters"]?.objectValue ?? JSONObject()
        for (name, parameter) in declared {
            let type = parameter["Type"]?.stringValue ?? "String"
            let given = settings.parameters[name].map { JSONValue.string($0) }
            guard let value = given ?? parameter["Default"] else {
                problems.append(
                    document.problem(
                        "the parameter '\(name)' has no default: give it with "
                            + "--parameter \(name)=VALUE",
                        at: place.appending(name)
                    )
                )
                continue
            }
            if let allowed = parameter["AllowedValues"]?.arrayValue,
                !allowed.contains(where: { $0.plainText == value.plainText })
            {
                let list = allowed.compactMap(\.plainText).joined(separator: ", ")
                let message = "the parameter '\(name)' is one of \(list)"
                problems.append(document.problem(message, at: place.appending(name)))
            }
            parameters[name] = Self.value(value, of: type)
        }
        for name in settings.parameters.keys.sorted() where declared[name] == nil {
            problems.append(
                document.problem("there is no parameter '\(name)'", at: place)
            )
        }
        guard problems.isEmpty else { throw SettingsProblems(problems) }
    }

    /// The value that a parameter's text stands for.
    private static func value(_ value: JSONValue, of type: String) -> JSONValue {
        guard let text = value.plainText else { return value }
        let isList = type == "CommaDelimitedList" || type.hasPrefix("List<")
        guard isList else { return .string(text) }
        let items = text.split(separator: ",", omittingEmptySubsequences: false)
        return .array(items.map { .string(String($0).trimmed) })
    }

    // MARK: Conditions

    /// Whether a condition holds.
    func holds(_ name: String, at place: JSONPointer, depth: Int) throws(SettingsProblem) -> Bool {
        guard conditions?[name] != nil else {
            throw document.problem("there is no condition '\(name)'", at: place)
        }
        let written = JSONPointer.root.appending("Conditions").appending(name)
        guard let value = try value(at: written, depth: depth + 1)?.boolValue else {
            throw document.problem("'\(name)' is not a condition", at: written)
        }
        return value
    }
}

extension JSONValue {
    /// A text, or a number or truth value as it is written.
    var plainText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension String {
    /// The text without spaces around it.
    var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
