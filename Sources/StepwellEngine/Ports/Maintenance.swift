/// What a step of a store's own work came to.
package struct Maintenance: Sendable, Hashable {
    /// Whether another step is due at once.
    package var hasMore: Bool
    /// Whether another step is due in a millisecond or so, when the background is ready for it.
    package var isWaiting: Bool
    /// What the readers of the store's files hold back, when it was looked at in this step.
    package var readers: ReaderReport?

    /// By default there is nothing to do.
    package init(hasMore: Bool = false, isWaiting: Bool = false, readers: ReaderReport? = nil) {
        self.hasMore = hasMore
        self.isWaiting = isWaiting
        self.readers = readers
    }
}
