/// The area of a branch of a Parallel state or of a Map state's processor.
package struct GraphRegion: Sendable {
    /// The place of the scope in `GraphModel.scopes`.
    package let scope: Int
    /// Where it is.
    package internal(set) var frame: GraphRect
}
