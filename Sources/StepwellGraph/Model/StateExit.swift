import StepwellJSON

/// One of the ways out of a state, as its fields give them.
struct StateExit {
    let kind: GraphTransition.Kind
    /// The name of the state that it leads to.
    let target: String
    /// For what, in words.
    let reasons: [String]

    /// Every way out of a state, in the order in which they are tried.
    static func exits(of fields: JSONObject) -> [StateExit] {
        var exits: [StateExit] = []
        if fields["Type"]?.text == "Choice" {
            for rule in fields["Choices"]?.items ?? [] {
                guard let rule = rule.members, let next = rule["Next"]?.text else { continue }
                let condition = ConditionWords(rule).text
                exits.append(StateExit(kind: .choice, target: next, reasons: [condition]))
            }
            if let next = fields["Default"]?.text {
                exits.append(StateExit(kind: .otherwise, target: next, reasons: ["otherwise"]))
            }
            return exits
        }
        if let next = fields["Next"]?.text {
            exits.append(StateExit(kind: .next, target: next, reasons: []))
        }
        for catcher in fields["Catch"]?.items ?? [] {
            guard let catcher = catcher.members, let next = catcher["Next"]?.text else { continue }
            let names = catcher["ErrorEquals"]?.items?.compactMap(\.text) ?? []
            exits.append(StateExit(kind: .catch, target: next, reasons: names.map(words(for:))))
        }
        return exits
    }

    private static func words(for error: String) -> String {
        error == "States.ALL" ? "any error" : error
    }
}
