/// Where a segment meets a node.
enum LayeredPort: Hashable {
    /// The middle.
    case middle
    /// Beside the middle, where Catch edges leave and, if others do too, enter.
    case caught
    /// The loop at a place of the graph's list.
    case loop(Int)
}
