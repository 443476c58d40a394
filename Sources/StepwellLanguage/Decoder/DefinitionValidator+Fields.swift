import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

extension DefinitionValidator {
    /// Runs one rule table over an object.
    mutating func check(
        _ object: JSONObject,
        against rules: [FieldRule],
        at path: DefinitionPath
    ) {
        check(object, against: { _ in rules }, at: path)
    }

    /// Runs the rule table of the state's language over an object.
    mutating func check(
        _ object: JSONObject,
        against rules: (QueryLanguage) -> [FieldRule],
        at path: DefinitionPath
    ) {
        let own = rules(state.language)
        require(own.filter(\.isRequired).map(\.name), of: object, at: path)
        for (key, value) in object {
            if let rule = own.first(where: { $0.name.utf8.elementsEqual(key.utf8) }) {
                check(value, is: rule.kind, field: key, at: path.member(key))
                continue
            }
            let isForeign = rules(state.language.other).contains {
                $0.name.utf8.elementsEqual(key.utf8)
            }
            unsupported(
                key,
                isForeign: isForeign,
                at: path,
                hint: NearMiss.hint(for: key, among: own.map(\.name))
            )
        }
    }

    /// Refuses a field, which is foreign when the other query language has it; AWS names the place
    /// of the object that has it.
    mutating func unsupported(
        _ key: String,
        isForeign: Bool = false,
        at path: DefinitionPath,
        hint: String? = nil
    ) {
        findings.error(
            at: path.member(key),
            reported: path,
            isForeign
                ? AWSMessages.otherLanguage(key, in: state.language)
                : AWSMessages.unsupportedField(key),
            hint: hint
        )
    }

    /// Names the fields that are missing.
    mutating func require(_ names: [String], of object: JSONObject, at path: DefinitionPath) {
        let missing = names.filter { object[$0] == nil }
        guard !missing.isEmpty else { return }
        findings.error(
            at: path,
            AWSMessages.requiredFields(JavaHash.sorted(missing))
        )
    }

    /// Checks one value by itself.
    mutating func check(
        _ value: JSONValue,
        is kind: FieldKind,
        field: String,
        at path: DefinitionPath
    ) {
        switch kind {
        case .any: break
        case .text: expect(value.string != nil, "String", value, path)
        case .name: name(value, path)
        case .flag: expect(value.flag != nil, "Boolean", value, path)
        case .integer(let range): integer(value, range, path)
        case .number(let range): number(value, range, path)
        case .oneOf(let allowed): oneOf(value, allowed, path)
        case .path(let nullable): jsonPath(value, nullable: nullable, field, path)
        case .expression: expression(value, field, path)
        case .numberPath: numberPath(value, path)
        case .referencePath: referencePath(value, path)
        case .payload: payload(value, at: path)
        case .template: template(value, at: path)
        case .assign: assign(value, at: path)
        case .timestamp: timestamp(value, path)
        case .object: expect(value.object != nil, "Object", value, path)
        case .array: expect(value.array != nil, "Array", value, path)
        case .collection:
            let isCollection = value.array != nil || value.object != nil
            expect(isCollection, "Array", value, path)
            if isCollection { expressions(value, at: path) }
        case .expressions: expressions(value, at: path)
        case .expressionAssign: expressionAssign(value, at: path)
        case .orExpression(let kind):
            if let expression = value.string.flatMap(StateExpression.init) {
                return note(expression, at: path)
            }
            check(value, is: kind, field: field, at: path)
            // What is no expression itself may fail to be one, or hold some.
            switch (kind, value) {
            case (.text, .string), (.object, .object): expressions(value, at: path)
            default: break
            }
        }
    }

    private mutating func expect(
        _ holds: Bool,
        _ type: String,
        _ value: JSONValue,
        _ path: DefinitionPath
    ) {
        if !holds { mismatch(type, value, path) }
    }

    /// Refuses a value that is not of a type, under the name that AWS has for it.
    mutating func mismatch(_ type: String, _ value: JSONValue, _ path: DefinitionPath) {
        refuse(value, AWSMessages.expectedType(type), path)
    }

    private mutating func refuse(_ value: JSONValue, _ message: String, _ path: DefinitionPath) {
        let placeholder = value.placeholder
        findings.error(
            at: path,
            message,
            hint: placeholder.map { "Fill in the placeholder '${\($0)}'." }
                ?? "It is \(value.shown).",
            blocksRunningOnly: placeholder != nil
        )
    }

    private mutating func name(_ value: JSONValue, _ path: DefinitionPath) {
        guard let text = value.string else { return mismatch("String", value, path) }
        if text.isEmpty {
            findings.error(at: path, AWSMessages.emptyValue)
        }
    }

    private mutating func integer(
        _ value: JSONValue,
        _ range: ClosedRange<Int64>,
        _ path: DefinitionPath
    ) {
        guard let integer = value.integer else { return mismatch("Integer", value, path) }
        if integer < range.lowerBound {
            refuse(value, AWSMessages.minimum("\(range.lowerBound)"), path)
        } else if integer > range.upperBound {
            refuse(value, AWSMessages.maximum("\(range.upperBound)"), path)
        }
    }

    private mutating func number(
        _ value: JSONValue,
        _ range: ClosedRange<Double>,
        _ path: DefinitionPath
    ) {
        guard let number = value.number?.double else { return mismatch("Number", value, path) }
        if number < range.lowerBound {
            refuse(value, AWSMessages.minimum("\(range.lowerBound)"), path)
        } else if number > range.upperBound {
            refuse(value, AWSMessages.maximum("\(range.upperBound)"), path)
        }
    }

    private mutating func oneOf(
        _ value: JSONValue,
        _ allowed: [String],
        _ path: DefinitionPath
    ) {
        guard let text = value.string else { return mismatch("String", value, path) }
        if allowed.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return }
        findings.error(
            at: path,
            AWSMessages.oneOf(allowed),
            hint: NearMiss.hint(for: text, among: allowed) ?? "It is \(value.shown).",
            blocksRunningOnly: value.placeholder != nil
        )
    }

    private mutating func jsonPath(
        _ value: JSONValue,
        nullable: Bool,
        _ field: String,
        _ path: DefinitionPath
    ) {
        if nullable, value == .null { return }
        guard let text = value.string else { return mismatch("String", value, path) }
        do {
            note(try JSONPath(parsing: text), at: path)
        } catch {
            findings.error(
                at: path,
                AWSMessages.invalidPath(field: field),
                hint: hint(error.reason, at: error.offset, of: text),
                blocksRunningOnly: !Placeholder.names(in: text).isEmpty
            )
        }
    }

    private mutating func expression(
        _ value: JSONValue,
        _ field: String,
        _ path: DefinitionPath
    ) {
        guard let text = value.string else { return mismatch("String", value, path) }
        checkExpression(text, field: field, at: path, reported: nil)
    }

    /// Checks the text of an expression and notes the variables that it reads.
    mutating func checkExpression(
        _ text: String,
        field: String,
        at path: DefinitionPath,
        reported: DefinitionPath?
    ) {
        do {
            for read in try PathExpression(parsing: text).paths {
                note(read, at: path)
            }
        } catch {
            findings.error(
                at: path,
                reported: reported,
                AWSMessages.invalidExpression(field: field),
                hint: hint(error.reason, at: error.offset, of: text),
                blocksRunningOnly: !Placeholder.names(in: text).isEmpty
            )
        }
    }

    private mutating func note(_ read: JSONPath, at path: DefinitionPath) {
        for name in read.variables {
            scopes[current].read.append((name, path))
        }
    }

    /// Checks the path to a number of a Map state: a reference path or a variable, not the context
    /// object (measured for each of these fields).
    private mutating func numberPath(_ value: JSONValue, _ path: DefinitionPath) {
        if let text = value.string, let parsed = try? JSONPath(parsing: text),
            case .variable = parsed.root
        {
            return note(parsed, at: path)
        }
        if value == .null { return mismatch("String", value, path) }
        referencePath(value, path)
    }

    private mutating func referencePath(_ value: JSONValue, _ path: DefinitionPath) {
        if value == .null { return }
        guard let text = value.string else { return mismatch("String", value, path) }
        do {
            _ = try ReferencePath(parsing: text)
        } catch {
            findings.error(
                at: path,
                AWSMessages.notAReferencePath,
                hint: hint(error.reason, at: error.offset, of: text),
                blocksRunningOnly: !Placeholder.names(in: text).isEmpty
            )
        }
    }

    private mutating func timestamp(_ value: JSONValue, _ path: DefinitionPath) {
        guard let text = value.string else { return mismatch("String", value, path) }
        if StatesTimestamp(parsing: text) == nil {
            findings.error(
                at: path,
                AWSMessages.timestampFormat,
                hint: "Write it as 2016-03-14T01:59:00Z.",
                blocksRunningOnly: value.placeholder != nil
            )
        }
    }

    private func hint(_ reason: String, at offset: Int, of text: String) -> String {
        if let name = Placeholder.names(in: text).first {
            return "Fill in the placeholder '${\(name)}'."
        }
        return "At character \(offset + 1): \(reason)."
    }
}

extension JSONValue {
    /// The first placeholder of a string.
    fileprivate var placeholder: String? {
        string.flatMap { Placeholder.names(in: $0).first }
    }

    /// The value for a message: itself when it is short, else what it is.
    fileprivate var shown: String {
        switch self {
        case .string(let text) where text.utf8.count <= 80: "'\(text)'"
        case .number(let number):
            number.integer.map { "\($0)" } ?? "\(number.double)"
        case .bool(let flag): "\(flag)"
        case .null, .string, .array, .object: kindName
        }
    }
}
