/// The transitions of a scope while they are collected: those between the same two states that are
/// drawn alike are one.
struct TransitionList {
    private struct Key: Hashable {
        let from: Int
        let to: Int
        let isCatch: Bool
    }

    private(set) var list: [GraphTransition] = []
    private var places: [Key: Int] = [:]

    /// Adds what one of a state's fields leads to.
    mutating func add(from: Int, to: Int, _ exit: StateExit) {
        let key = Key(from: from, to: to, isCatch: exit.kind == .catch)
        guard let place = places[key] else {
            places[key] = list.count
            list.append(
                GraphTransition(from: from, to: to, kind: exit.kind, reasons: exit.reasons)
            )
            return
        }
        list[place].reasons += exit.reasons
        if exit.kind == .choice { list[place].kind = .choice }
    }
}
