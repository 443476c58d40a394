package import StepwellJSON

/// Compares a document with its shape and notes everything that does not fit.
package struct SettingsCheck {
    let document: SettingsDocument
    /// What does not fit, in the order of the document.
    package private(set) var problems: [SettingsProblem] = []

    /// A check that has found nothing yet.
    package init(_ document: SettingsDocument) {
        self.document = document
    }

    /// Checks a part of the document; what is null counts as not written.
    package mutating func check(_ value: JSONValue, _ shape: SettingsShape, at place: JSONPointer) {
        switch shape {
        case .flag:
            expect(value.boolValue != nil, "true or false", at: place)
        case .whole(let range):
            let text = "a whole number from \(range.lowerBound) to \(range.upperBound)"
            expect(value.intValue.map(range.contains) == true, text, at: place)
        case .number(let range):
            let text = "a number from \(range.lowerBound) to \(range.upperBound)"
            expect(value.doubleValue.map(range.contains) == true, text, at: place)
        case .text:
            expect(value.writtenText != nil, "a text", at: place)
        case .choice(let words):
            let list = words.map { "'\($0)'" }.joined(separator: ", ")
            expect(value.stringValue.map(words.contains) == true, "one of \(list)", at: place)
        case .path, .directory:
            expect(value.stringValue.map { !$0.isEmpty } == true, "a path", at: place)
        case .anything: return
        case .secret:
            checkReference(value, at: place)
        case .value:
            if value.objectValue != nil { return checkReference(value, at: place) }
            let isPlain = value.writtenText != nil || value.boolValue != nil
            expect(isPlain, "a text, {env: NAME} or {file: PATH}", at: place)
        case .list, .named, .members, .words, .textOr, .listOr:
            checkCompound(value, shape, at: place)
        }
    }

    private mutating func checkCompound(
        _ value: JSONValue,
        _ shape: SettingsShape,
        at place: JSONPointer
    ) {
        switch shape {
        case .list(let item):
            guard let items = value.arrayValue else {
                return expect(false, "a list", at: place)
            }
            for (index, value) in items.enumerated() {
                check(value, item, at: place.appending(index))
            }
        case .named(_, let member):
            guard let members = value.objectValue else {
                return expect(false, "a mapping of names", at: place)
            }
            for (name, value) in members {
                check(value, member, at: place.appending(name))
            }
        case .members(let keys):
            checkMembers(value, keys, at: place)
        case .words(let words, let other):
            if value.stringValue.map(words.contains) == true { return }
            guard value.objectValue != nil || value.arrayValue != nil else {
                let list = words.map { "'\($0)'" }.joined(separator: ", ")
                return expect(false, "\(list), or a mapping", at: place)
            }
            check(value, other, at: place)
        case .textOr(let other):
            if value.stringValue == nil { check(value, other, at: place) }
        case .listOr(let item, let other):
            check(value, value.arrayValue == nil ? other : .list(item), at: place)
        case .flag, .whole, .number, .text, .choice, .path, .directory, .secret, .value, .anything:
            return
        }
    }

    private mutating func checkMembers(
        _ value: JSONValue,
        _ keys: [SettingsKey],
        at place: JSONPointer
    ) {
        guard let members = value.objectValue else {
            return expect(false, "a mapping", at: place)
        }
        for (name, value) in members {
            guard let key = keys.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                problems.append(
                    document.problem(Self.unknown(name, keys), at: place.appending(name))
                )
                continue
            }
            if !value.isNull { check(value, key.shape, at: place.appending(name)) }
        }
        for key in keys where key.isRequired && members[key.name]?.isNull ?? true {
            problems.append(document.problem("'\(key.name)' is missing here", at: place))
        }
    }

    private static func unknown(_ name: String, _ keys: [SettingsKey]) -> String {
        let names = keys.map(\.name)
        let suggestion = NearName.suggestion(name, in: names)
        let list = names.map { "'\($0)'" }.joined(separator: ", ")
        return "'\(name)' is not known here"
            + (suggestion.isEmpty ? "; these are: \(list)" : suggestion)
    }

    /// `{env: NAME}` or `{file: PATH}`.
    private mutating func checkReference(_ value: JSONValue, at place: JSONPointer) {
        guard let members = value.objectValue else {
            problems.append(
                document.problem(
                    "a secret is not written here: {env: NAME} or {file: PATH} says where it is",
                    at: place
                )
            )
            return
        }
        let keys = members.keys
        guard keys.count == 1, let key = keys.first, ["env", "file"].contains(key),
            members[key]?.stringValue.map({ !$0.isEmpty }) == true
        else { return expect(false, "{env: NAME} or {file: PATH}", at: place) }
    }

    private mutating func expect(_ isSo: Bool, _ what: String, at place: JSONPointer) {
        if !isSo { problems.append(document.problem("\(what) is expected here", at: place)) }
    }
}

extension JSONValue {
    /// A text, or a number as it is written.
    package var writtenText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .null, .bool, .array, .object: nil
        }
    }
}
