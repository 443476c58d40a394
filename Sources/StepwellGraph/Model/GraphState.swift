/// A state, as far as a drawing is concerned.
package struct GraphState: Sendable {
    /// The name.
    package let name: String
    /// The type.
    package let type: GraphStateType
    /// What it does, in a few words: the resource of a Task, how long a Wait waits.
    package let detail: String
    /// The `Comment`.
    package let comment: String?
    /// How often it is tried again at most, `retry ×3`; nil when it is not.
    package let retries: String?
    /// The place of its scope in `GraphModel.scopes`.
    package let scope: Int
    /// The places of its branches, or of its item processor, in `GraphModel.scopes`.
    package internal(set) var inner: [Int] = []
    /// Whether its scope ends with it (`End`).
    package let isEnd: Bool
}
