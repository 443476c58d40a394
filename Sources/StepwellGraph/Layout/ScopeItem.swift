/// Something of a scope that becomes a box.
struct ScopeItem {
    let place: GraphPlace
    let size: GraphSize
    let lines: [String]
    let detail: [String]
    let hasEndMark: Bool
    /// The height of the upper part, when there is something below it.
    var header: Int?
    /// What is inside, its upper left corner at that of the box.
    var content = Drawing()
}
