import StepwellJSON
import StepwellJSONata

extension DefinitionValidator {
    /// Checks a value whose strings may be expressions, and notes the variables that they read.
    mutating func expressions(_ value: JSONValue, at path: DefinitionPath) {
        switch value {
        case .string(let text):
            if let expression = StateExpression(text) {
                note(expression, at: path)
            } else {
                plainText(text, at: path)
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

    /// Judges a string that is no expression: one that only opens or only closes is refused
    /// ("Improperly opening or closing the expression will result in a validation error", developer
    /// guide; the sentence is this engine's own), one between spaces is a text (recorded).
    private mutating func plainText(_ text: String, at path: DefinitionPath) {
        let opens = text.utf8.starts(with: "{%".utf8)
        if opens != text.utf8.suffix(2).elementsEqual("%}".utf8) {
            findings.error(
                .invalidJSONataExpression,
                at: path,
                "A JSONata expression must be enclosed in {% and %}",
                hint: "Nothing may stand before '{%' or after '%}', no white space either."
            )
        } else if !opens, text.isSpacedExpression {
            findings.warning(
                .noExpression,
                at: path,
                "A string that looks like a JSONata expression but is taken literally",
                hint: "An expression begins with '{%' and ends with '%}', without white space "
                    + "around them."
            )
        }
    }

    /// Notes what is wrong with an expression, and the variables that it reads.
    mutating func note(_ expression: StateExpression, at path: DefinitionPath) {
        do throws(JSONataError) {
            let compiled = try expression.compiled.get()
            for name in try JSONataReferences(in: expression.text).topLevel {
                findings.error(
                    .unsupportedJSONataExpression,
                    at: path,
                    AWSMessages.topLevelReference(name),
                    hint: "A state's input is $states.input, a variable is $name."
                )
            }
            for name in compiled.freeVariables where name.isAssignable {
                scopes[current].read.append((name, path))
            }
            for member in compiled.freeMembers where member.variable.isReserved {
                reserved(member.name, at: path)
            }
        } catch {
            findings.error(
                .invalidJSONataExpression,
                at: path,
                error.message,
                hint: "The expression is '\(expression.shown)'."
            )
        }
    }

    /// Refuses members of `$states` that are not there: `result` and `errorOutput` in fields where
    /// there is none (recorded), and by the same sentence those that are nowhere.
    private mutating func reserved(_ member: String, at path: DefinitionPath) {
        let place = scopes[current].states.last?.path.steps.count ?? 0
        let fields = path.steps.dropFirst(place)
        let isExit = fields.first == .member("Output") || fields.first == .member("Assign")
        let exists: Bool
        let hint: String
        switch member {
        case "input", "context": return
        case "result":
            exists = isExit && [.task, .parallel, .map].contains(state.type)
            hint = "Output and Assign of Task, Parallel and Map states can read it."
        case "errorOutput":
            exists = fields.first == .member("Catch")
            hint = "Output and Assign of a catcher can read it."
        default:
            exists = false
            hint = "There are input, result, errorOutput and context."
        }
        guard !exists else { return }
        findings.error(
            .unsupportedJSONataExpression,
            at: path,
            AWSMessages.noSuchField("$states.\(member)"),
            hint: hint
        )
    }

    /// Checks the `Assign` of a JSONata state.
    mutating func expressionAssign(_ value: JSONValue, at path: DefinitionPath) {
        check(value, is: .object, field: "Assign", at: path)
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

    /// Whether this is an expression but for the white space around it.
    fileprivate var isSpacedExpression: Bool {
        let spaces: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return utf8.drop(while: spaces).starts(with: "{%".utf8)
            && utf8.reversed().drop(while: spaces).starts(with: "%}".utf8.reversed())
    }
}
