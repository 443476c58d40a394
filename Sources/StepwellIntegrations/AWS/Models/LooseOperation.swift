/// What is known of an action whose parameters no model describes: they pass as they are, save
/// the case of their first letters.
struct LooseOperation: Sendable {
    /// The members that are in the query.
    var query: Set<String> = []
    /// The member that is filled with a token of the task's own.
    var token: String?
    /// Whether there is no body: all members are in the path.
    var isBare = false
}
