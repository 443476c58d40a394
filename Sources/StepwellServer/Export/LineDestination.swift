/// Where the lines of a ``LineQueue`` go.
package protocol LineDestination: Sendable {
    /// What it is called in a log.
    var name: String { get }

    /// Writes whole lines, and takes as long as it takes; why not, if so: they come again.
    func write(_ lines: [UInt8]) -> String?

    /// The line that stands for `count` lines that are lost, with its end.
    func line(forLost count: Int) -> [UInt8]
}
