/// What somebody wants paid back.
struct Expense: Codable, Sendable {
    /// Its number, which names the execution.
    var id: String
    /// How much, in cents.
    var cents: Int
}

/// What a person says to an expense.
struct Decision: Codable, Sendable {
    var isApproved: Bool
}
