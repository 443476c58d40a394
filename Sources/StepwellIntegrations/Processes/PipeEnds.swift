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
        (reading, writing) = (Self.moved(ends[0]), Self.moved(ends[1]))
        guard reading >= 0, writing >= 0 else {
            close()
            throw LaunchFault("no pipe can be made: \(String(cString: strerror(errno)))")
        }
    }

    /// The first number that a descriptor may have, which is not to be taken for one that programs
    /// are given: this process may have been started without standard streams.
    private static let first: Int32 = 10

    /// A descriptor that programs do not inherit, out of the way of their own; -1 when there is
    /// none any more.
    static func moved(_ descriptor: Int32) -> Int32 {
        let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, first)
        Glibc.close(descriptor)
        return moved
    }

    func close() {
        Glibc.close(reading)
        Glibc.close(writing)
    }
}
