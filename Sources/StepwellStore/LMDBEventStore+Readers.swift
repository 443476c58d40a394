package import StepwellEngine
import StepwellLMDB

extension LMDBEventStore {
    package func checkReaders() throws(StoreError) -> ReaderReport {
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
