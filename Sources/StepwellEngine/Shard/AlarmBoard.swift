import StepwellHistory
import Synchronization

/// Those who wait for a time of the engine's clock beside the executions' own timers.
final class AlarmBoard: Sendable {
    fileprivate struct Alarm: Sendable {
        let due: Timestamp
        let rest: TaskRest
        let ring: @Sendable (Bool) -> Void
    }

    private struct State: Sendable {
        var next: UInt64 = 0
        var alarms: [UInt64: Alarm] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup

    /// A board of the thread that sleeps until the earliest time.
    init(wakeup: Wakeup) {
        self.wakeup = wakeup
    }

    /// The earliest time that is waited for.
    var earliest: Timestamp? {
        state.withLock { $0.alarms.values.map(\.due).min() }
    }

    /// Waits until a time; throws `CancellationError` when the caller is cancelled or the engine
    /// ends.
    func sleep(until due: Timestamp, _ rest: TaskRest) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        let isRung = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let alarm = Alarm(due: due, rest: rest) { continuation.resume(returning: $0) }
                set(alarm, id)
                // Cancellation before the alarm was set would find nothing to take back.
                if Task.isCancelled { takeBack(id) }
            }
        } onCancel: {
            takeBack(id)
        }
        guard isRung else { throw CancellationError() }
    }

    /// Wakes those whose time has come.
    func ring(at now: Timestamp) {
        let due = state.withLock { state in
            let due = state.alarms.filter { $0.value.due <= now }
            for id in due.keys { state.alarms[id] = nil }
            return due.sorted { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
        }
        for (_, alarm) in due { alarm.end(true) }
    }

    /// Wakes everybody in vain, from now on too.
    func close() {
        let alarms = state.withLock { state in
            state.isClosed = true
            defer { state.alarms = [:] }
            return state.alarms.values
        }
        for alarm in alarms { alarm.end(false) }
    }

    private func set(_ alarm: Alarm, _ id: UInt64) {
        let isSet = state.withLock { state in
            guard !state.isClosed else { return false }
            state.alarms[id] = alarm
            return true
        }
        guard isSet else { return alarm.end(false) }
        alarm.rest.begin()
        wakeup.raise()
    }

    private func takeBack(_ id: UInt64) {
        state.withLock { $0.alarms.removeValue(forKey: id) }?.end(false)
    }
}

extension AlarmBoard.Alarm {
    /// Wakes who waits.
    fileprivate func end(_ isRung: Bool) {
        rest.end()
        ring(isRung)
    }
}
