/// Why a server cannot be had: its address, its files or what it was told.
public struct WorkflowServerError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, and what to do.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
