/// A variable with its value, in the scope of a branch.
public struct PicturedVariable: Sendable, Hashable {
    /// The name, without `$`.
    public let name: String
    /// The value.
    public let value: PicturedPayload

    package init(name: String, value: PicturedPayload) {
        self.name = name
        self.value = value
    }
}
