package import StepwellEngine

/// Why an engine could not be opened on its directory.
public struct StoreOpeningError: Error, Sendable, CustomStringConvertible {
    /// What kind of reason it is; the set is open.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// Another process owns the directory.
        public static let inUse = Code(description: "inUse")
        /// The directory cannot be read or written, or holds a newer format.
        public static let unusable = Code(description: "unusable")
        /// What is stored cannot be right.
        public static let damaged = Code(description: "damaged")
    }

    /// What kind of reason it is.
    public let code: Code
    /// What happened, where, and what can be done about it.
    public let description: String
    /// What the store said.
    package let cause: StoreError

    init(_ error: StoreError) {
        switch error.code {
        case .inUse, .fenced: code = .inUse
        case .damaged, .contradiction: code = .damaged
        case .full, .failed, .unknown, .unusable: code = .unusable
        }
        description = error.message
        cause = error
    }
}
