import StepwellEngine
import StepwellLMDB

extension LMDBEventStore {
    /// Removes readers of the store's files that died, and says how far the oldest one is behind.
    func checkReaders() throws(StoreError) -> ReaderReport {
        let environment = journal.environment
        do throws(LMDBError) {
            let cleared = try environment.clearStaleReaders()
            let oldest = try environment.oldestReader()
            return ReaderReport(
                cleared: cleared,
                lag: oldest?.lag ?? 0,
                process: oldest?.process
            )
        } catch {
            throw StoreError(error)
        }
    }
}
