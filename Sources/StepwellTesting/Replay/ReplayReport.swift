/// What replaying recorded executions found.
public struct ReplayReport: Sendable, CustomStringConvertible {
    /// How many executions were replayed.
    public internal(set) var count = 0
    /// The first difference of each execution that has one.
    public internal(set) var divergences: [ReplayDivergence] = []
    /// The ARNs of executions some of whose turns are of rules that this version does not have any
    /// more: their logs are whole, whether those turns would come out the same was not tried.
    public internal(set) var underivable: [String] = []

    /// How many agree, and every difference.
    public var description: String {
        let agreeing = count - divergences.count
        let lines = ["\(agreeing) of \(count) executions agree"] + divergences.map(\.description)
        return lines.joined(separator: "\n")
    }
}
