/// What an end of an edge, or a box, stands for.
package enum GraphPlace: Sendable, Hashable {
    /// The state at a place of `GraphModel.states`.
    case state(Int)
    /// Where an execution begins.
    case start
    /// Where an execution ends.
    case end
}
