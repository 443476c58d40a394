import StepwellEngine
import StepwellLMDB

extension LMDBEventStore {
    /// Whether there is room to start executions; when there is not, running ones still go on.
    package var hasRoomForStarts: Bool {
        fullForStarts == nil
    }

    /// Why no execution may be started, if so.
    var fullForStarts: StoreError? {
        do throws(StoreError) {
            try refuseWhenFull(starting: true)
            return nil
        } catch {
            return error
        }
    }

    /// Throws `full` when the quota or the disk leaves no room for what is to be written.
    func refuseWhenFull(starting: Bool) throws(StoreError) {
        let free = try freeBytes()
        let needed = starting ? options.reserveBytes : 0
        guard free.bytes > needed else {
            throw StoreError(
                .full,
                starting
                    ? "\(path): \(free.bytes) bytes are left of \(free.limit), and "
                        + "\(needed) are kept for running executions"
                    : "\(path): nothing is left of \(free.limit)"
            )
        }
    }

    /// The bytes that can still be written, and what bounds them.
    private func freeBytes() throws(StoreError) -> (bytes: UInt64, limit: String) {
        do throws(LMDBError) {
            let disk = try FileSystem(at: path).availableBytes
            let used = UInt64(try journal.environment.information().byteCount)
            let map = UInt64(clamping: options.mapSize)
            var least = (bytes: disk, limit: "the disk")
            let room = map - min(map, used)
            if room < least.bytes { least = (room, "the map of \(map) bytes") }
            if let quota = options.quotaBytes {
                let room = quota - min(quota, used)
                if room < least.bytes { least = (room, "the quota of \(quota) bytes") }
            }
            return least
        } catch {
            throw StoreError(error)
        }
    }
}
