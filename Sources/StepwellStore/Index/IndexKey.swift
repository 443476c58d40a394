import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// Parts of the keys of the index; see `IndexScope` for the rows that lead to an entry.
enum IndexKey {
    static func entry(_ execution: ExecutionNumber) -> [UInt8] {
        var key = KeyEncoding(tag: KeySpace.Index.entry.rawValue)
        key.append(execution.rawValue)
        return key.bytes
    }

    /// The codes of statuses in keys; append only.
    static func code(of status: ExecutionStatus) -> UInt8 {
        switch status {
        case .running: 0
        case .succeeded: 1
        case .failed: 2
        case .timedOut: 3
        case .aborted: 4
        }
    }
}
