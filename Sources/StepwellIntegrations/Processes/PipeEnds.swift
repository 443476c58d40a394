import Glibc

/// The two ends of a pipe; programs that are started have neither, but where they are given it.
struct PipeEnds: Sendable {
    let reading: Int32
    let writing: Int32

    /// - Throws: `LaunchFault` when the system gives none.
    init() throws(LaunchFault) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw LaunchFault("no pipe can be made: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    func close() {
        Glibc.close(reading)
        Glibc.close(writing)
    }
}
