import Foundation

/// A lock with something to wait for, for a time at most that no setting of the clock makes longer.
///
/// Foundation's condition waits up to a time of day: when the clock is set back by an hour it waits
/// for an hour more.
// Safe: the mutex and the condition are made to be used by many threads, and stay where they are.
final class MonotonicCondition: @unchecked Sendable {
    /// A moment by the clock that nobody sets.
    struct Moment {
        fileprivate var time = timespec()

        /// So many nanoseconds from now.
        init(in nanoseconds: UInt64) {
            clock_gettime(CLOCK_MONOTONIC, &time)
            let rest = UInt64(time.tv_nsec) + nanoseconds % 1_000_000_000
            time.tv_sec += Int(nanoseconds / 1_000_000_000 + rest / 1_000_000_000)
            time.tv_nsec = Int(rest % 1_000_000_000)
        }
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func lock() { pthread_mutex_lock(mutex) }

    func unlock() { pthread_mutex_unlock(mutex) }

    /// Lets one who waits go on.
    func signal() { pthread_cond_signal(condition) }

    /// Lets all who wait go on.
    func broadcast() { pthread_cond_broadcast(condition) }

    /// Waits, with the lock given up meanwhile; it may end for no reason.
    func wait() { pthread_cond_wait(condition, mutex) }

    /// Waits likewise, not beyond a moment; false when that has come.
    func wait(upTo moment: Moment) -> Bool {
        withUnsafePointer(to: moment.time) {
            pthread_cond_timedwait(condition, mutex, $0) != ETIMEDOUT
        }
    }
}
