/// The body of an answer that comes bit by bit, such as server-sent events.
///
/// It is asked for the next piece when the client has taken the one before, so what it holds for a
/// client that is slow is its own to bound. The connection is closed after the last piece.
package struct ResponseStream: Sendable {
    /// The next piece, awaited; nil at the end.
    ///
    /// The task that asks is cancelled when the client goes away or the server stops, and the
    /// stream has to end then.
    package let next: @Sendable () async -> [UInt8]?
    /// Called once when nobody asks any more: the end has come, or the client is gone, or it never
    /// asked, since it was gone before the answer or wanted to see its head only.
    package let ended: @Sendable () -> Void

    /// A stream of what a closure gives, which is called by one task.
    package init(
        next: @escaping @Sendable () async -> [UInt8]?,
        ended: @escaping @Sendable () -> Void = {}
    ) {
        self.next = next
        self.ended = ended
    }
}
