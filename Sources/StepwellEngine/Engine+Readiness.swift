extension Engine {
    /// Answers when the engine takes requests, decides on its turn thread, and has what it decided
    /// last on disk.
    ///
    /// Throws what a request would be refused with: the store does not take appends, the engine
    /// has too much to do or is ending.
    package func checkReadiness() async throws {
        if isShuttingDown { throw ServiceError.shuttingDown }
        // A shard that rests after a failure answers nobody soon.
        if let obstacle = condition.obstacle { throw ServiceError.storeUnavailable(obstacle) }
        try await readCatalog { (_: Catalog) throws(ServiceError) in () }
        if let obstacle = condition.obstacle { throw ServiceError.storeUnavailable(obstacle) }
        guard store.hasRoomForStarts else {
            throw ServiceError(code: "ServiceUnavailable", message: "The store is full.")
        }
    }

    /// Answers when the engine decides on its turn thread and makes durable what it decides,
    /// however much it has to do.
    ///
    /// That starts are refused, because there is much to do or little room, is no reason to throw;
    /// that a commit failed is, whatever made it fail. Throws what keeps it from going on.
    package func checkProgress() async throws {
        if let obstacle = condition.obstacle { throw ServiceError.storeUnavailable(obstacle) }
        try await readCatalog(by: .news) { (_: Catalog) throws(ServiceError) in () }
        if let obstacle = condition.obstacle { throw ServiceError.storeUnavailable(obstacle) }
    }
}
