/// A pipe that is open as long as this process lives, however it ends.
///
/// Nothing is ever written to it. Who reads from it gets the end of the file when the process is
/// gone: that is how the watchers of process groups know.
struct LifeLine: Sendable {
    /// The process's own; nil when the system gives no pipe.
    static let shared = try? LifeLine()

    /// Held open, and otherwise left alone.
    private let pipe: PipeEnds

    /// For watchers to read from.
    var reading: Int32 { pipe.reading }

    private init() throws(LaunchFault) {
        pipe = try PipeEnds()
    }
}
