/// What the readers of a store's files, in this process and in others, hold back: the space of
/// what a read transaction sees is not reused while it is open.
package struct ReaderReport: Sendable, Hashable {
    /// How many readers had died without leaving, and were removed.
    package var cleared: Int
    /// How many commits the oldest reader is behind the newest; 0 when nobody reads.
    package var lag: Int
    /// The process of the oldest reader; nil when nobody reads.
    package var process: Int?

    /// By default nobody reads.
    package init(cleared: Int = 0, lag: Int = 0, process: Int? = nil) {
        self.cleared = cleared
        self.lag = lag
        self.process = process
    }
}
