extension Rule {
    /// What decides borrows the state: in StepwellInterpreter only the files that apply records,
    /// which are named after the state, and `step` change it.
    static let decidingBorrows = Rule("deciding changes nothing") { file in
        let name = file.path.split(separator: "/").last ?? ""
        guard file.path.hasPrefix("Sources/StepwellInterpreter/"),
            !name.hasPrefix("ExecutionState")
        else { return [] }
        return file.tokens.indices.filter { index in
            file.tokens[index].text == "mutating"
                && extended(by: file.tokens, at: index) == "ExecutionState"
                && file.tokens.dropFirst(index + 2).first?.text != "step"
        }.map { index in
            file.violation(
                file.tokens[index].line,
                "what decides would change the state",
                fix: "add to the builder, and let `apply` change it in ExecutionState+….swift"
            )
        }
    }

    /// The type that the extension around a token is of; nil where a type of its own is around it.
    private static func extended(by tokens: [Token], at place: Int) -> String? {
        var depth = 0
        var outermost = 0
        // Whether what comes before belongs to the brace that was opened last.
        var isHeader = false
        for index in tokens[..<place].indices.reversed() {
            switch tokens[index].text {
            case "}":
                depth += 1
                isHeader = false
            case "{":
                depth -= 1
                isHeader = depth < outermost
                outermost = min(outermost, depth)
            case "extension" where isHeader: return tokens[index + 1].text
            case "actor", "class", "enum", "struct": if isHeader { return nil }
            default: break
            }
        }
        return nil
    }
}
