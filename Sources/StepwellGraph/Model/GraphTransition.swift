/// A way from one state to another of the same scope.
package struct GraphTransition: Sendable {
    /// Why it is gone.
    package enum Kind: String, Sendable {
        /// `Next`.
        case next
        /// Rules of a Choice state.
        case choice
        /// `Default` of a Choice state.
        case otherwise = "default"
        /// Catchers.
        case `catch`
    }

    /// The place of the state that it leaves in `GraphModel.states`.
    package let from: Int
    /// The place of the state that it leads to.
    package let to: Int
    /// Why it is gone; a Choice's rule where there is one besides the default.
    package internal(set) var kind: Kind
    /// The conditions or errors for which it is gone, in words and in order; one suffices.
    package internal(set) var reasons: [String]
}
