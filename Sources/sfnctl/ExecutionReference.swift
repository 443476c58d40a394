import ArgumentParser
import StepwellEngine

/// What names an execution on the command line: an ARN, `machine:name`, or a number.
///
/// The name of an execution of an Express workflow is `name:uuid`.
enum ExecutionReference: ExpressibleByArgument, CustomStringConvertible {
    case arn(stateMachineARN: String, name: String, isExpress: Bool)
    case name(stateMachine: String, name: String, isExpress: Bool)
    case number(UInt64)

    init?(argument: String) {
        if let number = UInt64(argument), number > 0 {
            self = .number(number)
            return
        }
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        if parts.first == "arn", parts.count >= 8 {
            let isDispatched = parts.count == 8 && parts[6].contains("/")
            let isExpress = parts[5] == "express" && (parts.count == 9 || isDispatched)
            guard parts[2] == "states", isExpress || parts[5] == "execution"
            else { return nil }
            let machine = parts[..<5] + ["stateMachine", parts[6]]
            self = .arn(
                stateMachineARN: machine.joined(separator: ":"),
                name: parts[7...].joined(separator: ":"),
                isExpress: isExpress
            )
        } else if 2...3 ~= parts.count, parts.allSatisfy({ !$0.isEmpty }) {
            self = .name(
                stateMachine: parts[0],
                name: parts[1...].joined(separator: ":"),
                isExpress: parts.count == 3
            )
        } else {
            return nil
        }
    }

    /// The reference as it is typed.
    var argument: String {
        switch self {
        case .arn(let machine, let name, let isExpress):
            ExecutionARN(stateMachineARN: machine, name: name, isExpress: isExpress).string
        case .name(let machine, let name, _): "\(machine):\(name)"
        case .number(let number): "\(number)"
        }
    }

    var description: String {
        switch self {
        case .arn(let machine, let name, _): "'\(name)' of \(machine)"
        case .name(let machine, let name, _): "'\(machine):\(name)'"
        case .number(let number): "number \(number)"
        }
    }
}
