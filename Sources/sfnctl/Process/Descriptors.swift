import Foundation
import Glibc

/// How many files and connections the process may have open.
enum Descriptors {
    /// What is kept, beside what is open, for programs, calls of services and files read again.
    private static let reserve = 32

    /// Raises the soft limit to the hard one; how many connections there may be then.
    static func connections(atMost most: Int) -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return most }
        let wanted = min(limit.rlim_max, 1 << 20)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = wanted
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
        let free = Int(clamping: limit.rlim_cur) - (open ?? 32) - reserve
        return max(1, min(most, free))
    }
}
