import StepwellIntrinsics
import StepwellJSON

extension DefinitionValidator {
    /// Checks a payload template that may be any value.
    mutating func payload(_ value: JSONValue, at path: DefinitionPath) {
        templatePart(value, in: path, at: path)
    }

    /// Checks a payload template that has to be an object.
    mutating func template(_ value: JSONValue, at path: DefinitionPath) {
        guard value.object != nil else { return mismatch("Object", value, path) }
        payload(value, at: path)
    }

    /// Checks a part of a template; AWS reports its problems at `root`, the template's field.
    private mutating func templatePart(
        _ value: JSONValue,
        in root: DefinitionPath,
        at path: DefinitionPath
    ) {
        switch value {
        case .object(let object):
            for (key, value) in object {
                templateMember(key, value, of: object, in: root, at: path.member(key))
            }
        case .array(let items):
            for (index, item) in items.enumerated() {
                templatePart(item, in: root, at: path.item(index))
            }
        case .null, .bool, .number, .string: break
        }
    }

    private mutating func templateMember(
        _ key: String,
        _ value: JSONValue,
        of object: JSONObject,
        in root: DefinitionPath,
        at path: DefinitionPath
    ) {
        guard let plain = key.expressionKey else {
            if value.string?.looksLikeExpression == true {
                findings.warning(
                    .noDollar,
                    at: path,
                    AWSMessages.noDollar,
                    hint: "Name the field '\(key).$' to have the expression evaluated."
                )
            }
            return templatePart(value, in: root, at: path)
        }
        if object[plain] != nil {
            findings.error(
                at: path,
                reported: root,
                "The fields '\(plain)' and '\(key)' have the same name without '.$'"
            )
        }
        guard let text = value.string else {
            findings.error(
                at: path,
                reported: root,
                AWSMessages.invalidExpression(field: key),
                hint: "It is \(value.kindName), not a string."
            )
            return
        }
        checkExpression(text, field: key, at: path, reported: root)
    }

    /// Checks `Assign`.
    mutating func assign(_ value: JSONValue, at path: DefinitionPath) {
        template(value, at: path)
        for (key, _) in value.object ?? JSONObject() {
            let name = key.expressionKey ?? key
            assigned(name, at: path.member(key))
        }
    }

    /// Notes that the current scope assigns a variable.
    mutating func assigned(_ name: String, at path: DefinitionPath) {
        if let reason = name.variableNameProblem {
            findings.error(
                at: path,
                "The variable name '\(name)' is not valid: \(reason)"
            )
        }
        scopes[current].assign(name, at: path)
    }
}

extension String {
    /// The key without its `.$`; `nil` when it has none.
    var expressionKey: String? {
        guard utf8.count > 2, utf8.suffix(2).elementsEqual(".$".utf8) else { return nil }
        return String(utf8.dropLast(2))
    }

    /// Whether a plain string was probably meant as an expression.
    var looksLikeExpression: Bool {
        if utf8.starts(with: "$.".utf8) || utf8.starts(with: "$[".utf8) { return true }
        if utf8.starts(with: "$$.".utf8) { return true }
        guard IntrinsicCall.isCall(self) else { return false }
        return (try? IntrinsicCall(parsing: self)) != nil
    }

    /// What is wrong with the name of a variable.
    fileprivate var variableNameProblem: String? {
        guard let first = unicodeScalars.first else { return "it is empty" }
        if unicodeScalars.count > LanguageLimits.variableNameLength {
            return "it has more than \(LanguageLimits.variableNameLength) characters"
        }
        if utf8.elementsEqual("states".utf8) { return "'states' is reserved" }
        guard first == "_" || first.properties.isIDStart else {
            return "it does not start with a letter"
        }
        guard unicodeScalars.allSatisfy({ $0.properties.isIDContinue }) else {
            return "it holds more than letters, digits and underscores"
        }
        return nil
    }
}
