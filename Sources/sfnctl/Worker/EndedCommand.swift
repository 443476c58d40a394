/// A command that ended, and what it wrote.
struct EndedCommand: Sendable {
    /// How it ended.
    enum End: Sendable, CustomStringConvertible {
        case exited(Int32)
        case killed(signal: Int32)

        var description: String {
            switch self {
            case .exited(let status): "The command ended with status \(status)."
            case .killed(let signal): "The command was ended by signal \(signal)."
            }
        }
    }

    var end: End
    var output: [UInt8]
    var error: [UInt8]
}
