/// Tells a connection that the server stops: NIO's own event ends at the pipeline handler.
enum DrainEvent: Sendable {
    /// The request that is answered is the connection's last; polls are given up.
    case begins
    /// The time for that is nearly over: whatever still waits is given up.
    case ends
}
