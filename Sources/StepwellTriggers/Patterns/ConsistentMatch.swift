/// Looks for values of an event that match all fields of an alternative together: of fields within
/// one array, values in the same element of it.
struct ConsistentMatch {
    /// The membership of each value that matches, by field; fields that have to be absent, and are,
    /// are left out.
    private var candidates: [[[Int: Int]]] = []
    private var isImpossible = false
    /// The arrays that matter to the fields from each one on.
    private var relevant: [Set<Int>] = []
    /// What was found to lead nowhere: from a field on, with elements of arrays that matter chosen.
    private var failures: Set<State> = []

    private struct State: Hashable {
        let field: Int
        let chosen: [Int: Int]
    }

    init(_ fields: [EventPattern.Field], in event: FlatEvent) {
        for field in fields {
            let leaves = event.leaves(at: field.path)
            if leaves.isEmpty {
                if !field.values.contains(.absent) { isImpossible = true }
                continue
            }
            var seen: Set<[Int: Int]> = []
            for leaf in leaves where field.values.contains(where: { $0.matches(leaf.value) }) {
                seen.insert(leaf.membership)
            }
            if seen.isEmpty { isImpossible = true }
            // Order-free: whether there is a consistent choice does not depend on it.
            candidates.append(Array(seen))
        }
        relevant = candidates.map { Set($0.joined().map(\.key)) }
        for index in relevant.indices.dropLast().reversed() {
            relevant[index].formUnion(relevant[index + 1])
        }
    }

    /// Whether there are such values.
    mutating func isFound() -> Bool {
        !isImpossible && search(from: 0, with: [:])
    }

    private mutating func search(from field: Int, with chosen: [Int: Int]) -> Bool {
        guard field < candidates.count else { return true }
        let state = State(
            field: field,
            chosen: chosen.filter { relevant[field].contains($0.key) }
        )
        guard !failures.contains(state) else { return false }
        for membership in candidates[field]
        where membership.allSatisfy({ state.chosen[$0.key] ?? $0.value == $0.value }) {
            if search(from: field + 1, with: state.chosen.merging(membership) { old, _ in old }) {
                return true
            }
        }
        failures.insert(state)
        return false
    }
}
