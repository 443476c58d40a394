/// The variables of `Assign` that a state reads, as DescribeStateMachine's `variableReferences`
/// tells them.
package struct VariableReference: Sendable, Hashable {
    package let state: String
    /// Each once, in order of the names' bytes.
    package let variables: [String]

    /// The references of a machine, in order of the states' bytes.
    static func references(in scopes: [ScopeFacts]) -> [VariableReference] {
        var names: [[UInt8]: Set<[UInt8]>] = [:]
        for (name, path) in scopes.flatMap(\.read) {
            guard let state = path.state else { continue }
            names[Array(state.utf8), default: []].insert(Array(name.utf8))
        }
        return names.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { state, variables in
            VariableReference(
                state: String(decoding: state, as: UTF8.self),
                variables: variables.sorted { $0.lexicographicallyPrecedes($1) }.map {
                    String(decoding: $0, as: UTF8.self)
                }
            )
        }
    }
}

extension DefinitionPath {
    /// The name of the innermost state that the place is in.
    ///
    /// States are members of `States` of the machine, of an item of `Branches`, or of
    /// `ItemProcessor` or `Iterator`; the walk down tells them from data of the name `States`.
    fileprivate var state: String? {
        var name: String?
        var rest = steps[...]
        while rest.count >= 2, rest.first == .member("States"),
            case .member(let state) = rest[rest.startIndex + 1]
        {
            name = state
            rest = rest.dropFirst(2)
            if rest.first == .member("ItemProcessor") || rest.first == .member("Iterator") {
                rest = rest.dropFirst()
            } else if rest.first == .member("Branches") {
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        return name
    }
}
