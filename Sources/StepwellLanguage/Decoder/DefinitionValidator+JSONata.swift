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
            for member in compiled.freeMembers where member.variable.isReserved {
                reserved(member.name, at: path)
            }
        }
    }

    /// Warns of `$states.result` and `$states.errorOutput` where they never have a value: as other
    /// variables without one they fail the state, unless the expression sees to it.
    private mutating func reserved(_ member: String, at path: DefinitionPath) {
        let place = scopes[current].states.last?.path.steps.count ?? 0
        let fields = path.steps.dropFirst(place)
        let isExit = fields.first == .member("Output") || fields.first == .member("Assign")
        let isAccessible: Bool
        let hint: String
        switch member {
        case "result":
            isAccessible = isExit && [.task, .parallel, .map].contains(state.type)
            hint = "Output and Assign of Task, Parallel and Map states can read it."
        case "errorOutput":
            isAccessible = fields.first == .member("Catch")
            hint = "Output and Assign of a catcher can read it."
        default: return
        }
        guard !isAccessible else { return }
        findings.warning(
            .undefinedVariable,
            at: path,
            "'$states.\(member)' is not accessible here, in a \(state.type.rawValue) state",
            hint: hint
        )
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
        return !isReserved
    }

    /// Whether this is the name of the variable that every JSONata state has.
    fileprivate var isReserved: Bool { utf8.elementsEqual("states".utf8) }

    /// Whether only one of the delimiters of an expression is in its place.
    fileprivate var isBrokenExpression: Bool {
        let spaces: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let bare = utf8.drop(while: spaces)
        return bare.starts(with: "{%".utf8)
            || bare.reversed().drop(while: spaces).starts(with: "%}".utf8.reversed())
    }
}
