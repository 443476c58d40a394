/// How long a read can take.
package enum ReadLane: Sendable, Hashable {
    /// A few rows: a head, what an execution was started with.
    case brief
    /// Anything longer: a page of a history or a listing.
    case page
}
