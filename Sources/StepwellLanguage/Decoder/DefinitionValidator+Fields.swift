import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

extension DefinitionValidator {
    /// Runs one rule table over an object.
    mutating func check(
        _ object: JSONObject,
        against rules: [FieldRule],
        at path: DefinitionPath,
        what: String
    ) {
        require(rules.filter(\.isRequired).map(\.name), of: object, at: path)
        for (key, value) in object {
            if let rule = rules.first(where: { $0.name.utf8.elementsEqual(key.utf8) }) {
                check(value, is: rule.kind, field: key, at: path.member(key))
            } else {
                findings.error(
                    at: path.member(key),
                    "The field '\(key)' is not supported by \(what)",
                    hint: NearMiss.hint(for: key, among: rules.map(\.name))
                )
            }
        }
    }

    /// Names the fields that are missing.
    mutating func require(_ names: [String], of object: JSONObject, at path: DefinitionPath) {
        let missing = names.filter { object[$0] == nil }
        guard !missing.isEmpty else { return }
        findings.error(
            at: path,
            AWSMessages.requiredFields(missing)
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
        case .text: expect(value.string != nil, value, field, "a string", path)
        case .name: name(value, field, path)
        case .flag: expect(value.flag != nil, value, field, "true or false", path)
        case .integer(let range): integer(value, range, field, path)
        case .number(let range): number(value, range, field, path)
        case .oneOf(let allowed): oneOf(value, allowed, field, path)
        case .path(let nullable): jsonPath(value, nullable: nullable, field, path)
        case .expression: expression(value, field, path)
        case .referencePath: referencePath(value, field, path)
        case .template: template(value, field: field, at: path)
        case .assign: assign(value, field: field, at: path)
        case .timestamp: timestamp(value, field, path)
        case .object: expect(value.object != nil, value, field, "an object", path)
        case .array: expect(value.array != nil, value, field, "an array", path)
        case .collection:
            let isCollection = value.array != nil || value.object != nil
            expect(isCollection, value, field, "an array or an object", path)
            if isCollection { expressions(value, at: path) }
        case .expressions: expressions(value, at: path)
        case .expressionAssign: expressionAssign(value, field: field, at: path)
        case .orExpression(let kind):
            if let expression = value.string.flatMap(StateExpression.init) {
                return note(expression, at: path)
            }
            check(value, is: kind, field: field, at: path)
        }
    }

    private mutating func expect(
        _ holds: Bool,
        _ value: JSONValue,
        _ field: String,
        _ wanted: String,
        _ path: DefinitionPath
    ) {
        guard !holds else { return }
        findings.error(
            at: path,
            "The value for the field '\(field)' must be \(wanted), but is \(value.shown)",
            hint: value.placeholder.map { "Fill in the placeholder '${\($0)}'." },
            blocksRunningOnly: value.placeholder != nil
        )
    }

    private mutating func name(_ value: JSONValue, _ field: String, _ path: DefinitionPath) {
        guard let text = value.string else {
            return expect(false, value, field, "a string", path)
        }
        if text.isEmpty {
            findings.error(at: path, AWSMessages.emptyValue)
        }
    }

    private mutating func integer(
        _ value: JSONValue,
        _ range: ClosedRange<Int64>,
        _ field: String,
        _ path: DefinitionPath
    ) {
        let wanted =
            range.upperBound == .max
            ? "an integer of at least \(range.lowerBound)"
            : "an integer from \(range.lowerBound) to \(range.upperBound)"
        expect(value.integer.map(range.contains) ?? false, value, field, wanted, path)
    }

    private mutating func number(
        _ value: JSONValue,
        _ range: ClosedRange<Double>,
        _ field: String,
        _ path: DefinitionPath
    ) {
        let wanted =
            if range.lowerBound == -.infinity {
                "a number"
            } else if range.upperBound == .greatestFiniteMagnitude {
                "a number of at least \(range.lowerBound)"
            } else {
                "a number from \(range.lowerBound) to \(range.upperBound)"
            }
        expect(value.number.map { range.contains($0.double) } ?? false, value, field, wanted, path)
    }

    private mutating func oneOf(
        _ value: JSONValue,
        _ allowed: [String],
        _ field: String,
        _ path: DefinitionPath
    ) {
        let text = value.string
        if let text, allowed.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return }
        findings.error(
            at: path,
            "The value for the field '\(field)' must be one of "
                + "[\(allowed.joined(separator: ", "))], but is \(value.shown)",
            hint: text.flatMap { NearMiss.hint(for: $0, among: allowed) },
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
        guard let text = value.string else {
            let wanted = nullable ? "a JSONPath or null" : "a JSONPath"
            return expect(false, value, field, wanted, path)
        }
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
        guard let text = value.string else {
            return expect(false, value, field, "a JSONPath or an intrinsic function call", path)
        }
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

    private mutating func referencePath(
        _ value: JSONValue,
        _ field: String,
        _ path: DefinitionPath
    ) {
        if value == .null { return }
        guard let text = value.string else {
            return expect(false, value, field, "a Reference Path or null", path)
        }
        do {
            _ = try ReferencePath(parsing: text)
        } catch {
            findings.error(
                at: path,
                AWSMessages.invalidReferencePath(field: field),
                hint: hint(error.reason, at: error.offset, of: text),
                blocksRunningOnly: !Placeholder.names(in: text).isEmpty
            )
        }
    }

    private mutating func timestamp(_ value: JSONValue, _ field: String, _ path: DefinitionPath) {
        guard let text = value.string else {
            return expect(false, value, field, "a timestamp", path)
        }
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
