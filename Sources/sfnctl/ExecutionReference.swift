import ArgumentParser

/// What names an execution on the command line: an ARN, `machine:name`, or a number.
enum ExecutionReference: ExpressibleByArgument, CustomStringConvertible {
    case arn(stateMachineARN: String, name: String)
    case name(stateMachine: String, name: String)
    case number(UInt64)

    init?(argument: String) {
        if let number = UInt64(argument), number > 0 {
            self = .number(number)
            return
        }
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        if parts.first == "arn" {
            guard parts.count >= 8, parts[2] == "states", parts[5] == "execution" else {
                return nil
            }
            let machine = parts[..<5] + ["stateMachine", parts[6]]
            self = .arn(
                stateMachineARN: machine.joined(separator: ":"),
                name: parts[7...].joined(separator: ":")
            )
        } else if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty {
            self = .name(stateMachine: parts[0], name: parts[1])
        } else {
            return nil
        }
    }

    var description: String {
        switch self {
        case .arn(let machine, let name): "'\(name)' of \(machine)"
        case .name(let machine, let name): "'\(machine):\(name)'"
        case .number(let number): "number \(number)"
        }
    }
}
