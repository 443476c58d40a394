package import StepwellJSON

/// What a state machine looks like: its states and the ways between them.
///
/// It is read from the text rather than from a compiled machine, so that a definition with errors
/// or unfilled placeholders has a drawing, too: of names that nothing has, boxes of their own.
package struct GraphModel: Sendable {
    /// The `Comment` of the machine.
    package let comment: String?
    /// Every state of every nesting level, a state before those inside it.
    package private(set) var states: [GraphState] = []
    /// Every scope; the first is the machine's own.
    package private(set) var scopes: [GraphScope] = []

    /// The scopes that may lie one in the other; what is deeper is said to be left out.
    package static let maximumDepth = 64

    /// Reads a definition; whatever is not as it should be is left out.
    package init(_ definition: JSONValue) {
        comment = definition.members?["Comment"]?.text
        add(definition.members ?? JSONObject(), owner: nil, isJSONata: false, depth: 0)
    }

    private mutating func add(
        _ members: JSONObject,
        owner: Int?,
        isJSONata: Bool,
        depth: Int
    ) {
        let isJSONata = members.isJSONata ?? isJSONata
        let scope = scopes.count
        scopes.append(GraphScope(owner: owner))
        var places: [[UInt8]: Int] = [:]
        let written = members["States"]?.members ?? JSONObject()
        for (name, value) in written {
            let fields = value.members ?? JSONObject()
            let inner = Self.innerScopes(of: fields)
            let isTooDeep = !inner.isEmpty && depth + 1 >= Self.maximumDepth
            let words = StateWords(fields)
            let place = states.count
            places[Array(name.utf8)] = place
            scopes[scope].states.append(place)
            states.append(
                GraphState(
                    name: name,
                    type: words.type,
                    detail: isTooDeep ? "nested too deeply to be drawn" : words.detail,
                    comment: fields["Comment"]?.text,
                    retries: words.retries,
                    scope: scope,
                    isEnd: fields["End"] == .bool(true)
                )
            )
            guard !isTooDeep else { continue }
            for each in inner {
                states[place].inner.append(scopes.count)
                add(
                    each,
                    owner: place,
                    isJSONata: fields.isJSONata ?? isJSONata,
                    depth: depth + 1
                )
            }
        }
        connect(scope, written, isJSONata: isJSONata, start: members["StartAt"]?.text, &places)
    }

    private mutating func connect(
        _ scope: Int,
        _ written: JSONObject,
        isJSONata: Bool,
        start: String?,
        _ places: inout [[UInt8]: Int]
    ) {
        if let start { scopes[scope].start = place(of: start, in: scope, &places) }
        let own = scopes[scope].states
        var transitions = TransitionList()
        for (place, (_, value)) in zip(own, written) {
            guard let fields = value.members else { continue }
            for exit in StateExit.exits(of: fields) {
                let target = self.place(of: exit.target, in: scope, &places)
                transitions.add(from: place, to: target, exit)
            }
        }
        scopes[scope].transitions = transitions.list
    }

    private mutating func place(
        of name: String,
        in scope: Int,
        _ places: inout [[UInt8]: Int]
    ) -> Int {
        let key = Array(name.utf8)
        if let found = places[key] { return found }
        let place = states.count
        states.append(
            GraphState(
                name: name,
                type: .missing,
                detail: "there is no such state",
                comment: nil,
                retries: nil,
                scope: scope,
                isEnd: false
            )
        )
        places[key] = place
        scopes[scope].states.append(place)
        return place
    }

    private static func innerScopes(of fields: JSONObject) -> [JSONObject] {
        if case .array(let branches)? = fields["Branches"] {
            return branches.compactMap(\.members)
        }
        let processor = fields["ItemProcessor"]?.members ?? fields["Iterator"]?.members
        return processor.map { [$0] } ?? []
    }
}
