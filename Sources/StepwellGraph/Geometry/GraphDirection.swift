/// Where a drawing goes from the first state to the last.
package enum GraphDirection: String, Sendable, CaseIterable {
    /// From top to bottom.
    case down
    /// From left to right: for machines that branch widely.
    case right
}
