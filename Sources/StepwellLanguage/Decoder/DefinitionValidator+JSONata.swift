import StepwellJSON
import StepwellJSONata

extension DefinitionValidator {
    /// Checks a value whose strings may be expressions, and notes the variables that they read.
    mutating func expressions(_ value: JSONValue, at path: DefinitionPath) {
        switch value {
        case .string(let text):
            if let expression = StateExpression(text) {
                note(expression, at: path)
            } else if text.isBrokenExpression {
                findings.warning(
                    .noExpression,
                    at: path,
                    "A string that looks like a JSONata expression but is taken literally",
                    hint: "An expression begins with '{%' and ends with '%}', without white space "
                        + "around them."
                )
            }
        case .array(let items):
            for (index, item) in items.enumerated() {
                expressions(item, at: path.item(index))
            }
        case .object(let object):
            for (key, value) in object {
                if key.expressionKey != nil, value.string?.looksLikeExpression == true {
                    findings.warning(
                        .noExpression,
                        at: path.member(key),
                        "A JSONata state does not evaluate '\(key)'",
                        hint: "Write the value as {% … %}, under a key without '.$'."
                    )
                }
                expressions(value, at: path.member(key))
            }
        case .null, .bool, .number: break
        }
    }

    /// Notes what is wrong with an expression, and the variables that it reads.
    mutating func note(_ expression: StateExpression, at path: DefinitionPath) {
        switch expression.compiled {
        case .failure(let error):
            findings.error(
                at: path,
                "The JSONata expression '\(expression.shown)' is not valid. "
                    + "\(error.code): \(error.message)"
            )
        case .success(let compiled):
            for name in compiled.freeVariables where name.isAssignable {
                scopes[current].read.append((name, path))
            }
        }
    }

    /// Checks the `Assign` of a JSONata state.
    mutating func expressionAssign(_ value: JSONValue, field: String, at path: DefinitionPath) {
        check(value, is: .object, field: field, at: path)
        for (name, value) in value.object ?? JSONObject() {
            assigned(name, at: path.member(name))
            expressions(value, at: path.member(name))
        }
    }
}

extension String {
    /// Whether `Assign` could make a variable of this name: `$states` is there by itself, and `$1`
    /// stands for a group of a regular expression.
    fileprivate var isAssignable: Bool {
        guard let first = utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return false }
        return !utf8.elementsEqual("states".utf8)
    }

    /// Whether only one of the delimiters of an expression is in its place.
    fileprivate var isBrokenExpression: Bool {
        let spaces: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let bare = utf8.drop(while: spaces)
        return bare.starts(with: "{%".utf8)
            || bare.reversed().drop(while: spaces).starts(with: "%}".utf8.reversed())
    }
}
