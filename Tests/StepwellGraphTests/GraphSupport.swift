import StepwellGraph
import StepwellJSON

/// A drawing of a definition.
struct Sketch {
    let model: GraphModel
    let layout: GraphLayout

    init(_ definition: JSONValue, direction: GraphDirection = .down) {
        model = GraphModel(definition)
        layout = GraphLayout(model, direction: direction)
    }

    init(_ text: String, direction: GraphDirection = .down) throws {
        self.init(try JSONParser.parse(Array(text.utf8)), direction: direction)
    }

    /// What is wrong with it.
    var faults: [String] { LayoutChecker(model, layout).faults }

    /// The frame of a state's box.
    func frame(of name: String) -> GraphRect? {
        layout.boxes.first {
            guard case .state(let place) = $0.place else { return false }
            return model.states[place].name == name
        }?.frame
    }

    /// The edge between two states.
    func edge(_ from: String, _ to: String) -> GraphEdge? {
        layout.edges.first { name($0.from) == from && name($0.to) == to }
    }

    private func name(_ place: GraphPlace) -> String {
        if case .state(let state) = place { model.states[state].name } else { "" }
    }
}

/// Large definitions.
enum Growth {
    /// A machine of tasks in a row, each of which may fail into one handler, and every tenth of
    /// which is a loop back or a decision.
    static func machine(states: Int) -> JSONValue {
        var members = JSONObject()
        for place in 0..<states {
            let next = place + 1 < states ? "\"Next\": \"S\(place + 1)\"" : "\"End\": true"
            let caught = "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"Handler\"}]"
            let task = "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::sqs:sendMessage\", "
            let text: String
            if place % 10 == 9, place + 2 < states {
                text =
                    "{\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.n\", "
                    + "\"NumericGreaterThan\": \(place), \"Next\": \"S\(place - 4)\"}, "
                    + "{\"Variable\": \"$.n\", \"IsPresent\": true, \"Next\": \"S\(place + 2)\"}], "
                    + "\"Default\": \"S\(place + 1)\"}"
            } else {
                text = "\(task)\(caught), \(next)}"
            }
            members["S\(place)"] = try? JSONParser.parse(Array(text.utf8))
        }
        members["Handler"] = .object(JSONObject([("Type", .string("Fail"))]))
        return machine(members, start: "S0")
    }

    /// A decision between that many states.
    static func choice(rules: Int) -> JSONValue {
        var members = JSONObject()
        let list = (0..<rules).map { place in
            "{\"Variable\": \"$.kind\", \"StringEquals\": \"\(place)\", \"Next\": \"S\(place)\"}"
        }.joined(separator: ",")
        let text = "{\"Type\": \"Choice\", \"Choices\": [\(list)], \"Default\": \"S0\"}"
        members["Decide"] = try? JSONParser.parse(Array(text.utf8))
        for place in 0..<rules {
            members["S\(place)"] = .object(
                JSONObject([("Type", .string("Pass")), ("End", .bool(true))])
            )
        }
        return machine(members, start: "Decide")
    }

    /// Maps in each other.
    static func nested(depth: Int) -> JSONValue {
        var inner = machine(
            JSONObject([
                ("Leaf", .object(JSONObject([("Type", .string("Succeed"))])))
            ]),
            start: "Leaf"
        )
        for level in 0..<depth {
            let state = JSONObject([
                ("Type", .string("Map")), ("ItemProcessor", inner), ("End", .bool(true)),
            ])
            inner = machine(
                JSONObject([("Level \(level)", .object(state))]),
                start: "Level \(level)"
            )
        }
        return inner
    }

    private static func machine(_ states: JSONObject, start: String) -> JSONValue {
        .object(JSONObject([("StartAt", .string(start)), ("States", .object(states))]))
    }
}
