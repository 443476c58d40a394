import Glibc

/// The processor's time of a thread: what work costs, however busy the machine is.
enum ThreadTime {
    /// What this thread has had since it began.
    static func used() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
