import Glibc

/// Work that comes before everything else on this machine, where the system lets it.
enum Urgency {
    /// Does something short on this thread in front of the work of all usual threads, which may be
    /// thousands that a program has started.
    static func high<Value>(_ work: () -> Value) -> Value {
        var parameters = sched_param(sched_priority: 1)
        let isRaised = pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) == 0
        defer {
            if isRaised {
                parameters.sched_priority = 0
                pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameters)
            }
        }
        return work()
    }
}
