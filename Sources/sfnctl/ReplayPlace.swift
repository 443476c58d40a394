import ArgumentParser
import StepwellHistory
import StepwellLanguage

/// Up to where an execution is rebuilt, as `--at` names it.
enum ReplayPlace: ExpressibleByArgument {
    /// Up to and including the AWS event with an id.
    case event(EventID)
    /// Up to and including the record with an ordinal.
    case record(Ordinal)
    /// Everything up to and including a time.
    case time(Timestamp)

    init?(argument: String) {
        if let id = EventID(argument), id > 0 {
            self = .event(id)
        } else if argument.utf8.first == UInt8(ascii: "r"),
            let ordinal = UInt64(argument.dropFirst()),
            ordinal > 0
        {
            self = .record(Ordinal(ordinal))
        } else if let time = StatesTimestamp(parsing: argument) {
            self = .time(Timestamp(milliseconds: time.milliseconds))
        } else {
            return nil
        }
    }
}
