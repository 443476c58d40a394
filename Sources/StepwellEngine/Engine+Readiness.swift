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
    /// A store that is full is no reason to throw: what runs goes on as far as it can, and no
    /// other process would have more room. Throws what keeps it from anything else.
    package func checkProgress() async throws {
        do {
            if let obstacle = condition.obstacle { throw ServiceError.storeUnavailable(obstacle) }
            try await readCatalog(by: .news) { (_: Catalog) throws(ServiceError) in () }
            if let obstacle = condition.obstacle { throw ServiceError.storeUnavailable(obstacle) }
        } catch {
            guard condition.obstacle?.code == .full else { throw error }
        }
    }
}
