import ArgumentParser
import StepwellJSON

/// Where an alias leads, as `--route VERSION[=PERCENT]` says it.
struct AliasRoutes {
    private let routes: [(version: String, weight: Int)]

    /// Takes the arguments apart; a version without a share has what is left of a hundred.
    ///
    /// - Throws: `ValidationError`.
    init(_ arguments: [String]) throws {
        let parts = try arguments.map { argument -> (version: String, weight: Int?) in
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard let version = parts.first, !version.isEmpty else {
                throw ValidationError("--route '\(argument)' names no version")
            }
            guard parts.count == 2 else { return (version, nil) }
            guard let weight = Int(parts[1]), (0...100).contains(weight) else {
                throw ValidationError("--route '\(argument)' is not VERSION=PERCENT")
            }
            return (version, weight)
        }
        let given = parts.compactMap(\.weight).reduce(0, +)
        let open = parts.count { $0.weight == nil }
        guard open <= 1, given <= 100 else {
            throw ValidationError("the shares of --route must add up to 100")
        }
        routes = parts.map { ($0.version, $0.weight ?? 100 - given) }
    }

    /// The routing of an alias of a state machine; versions by number, or by ARN.
    func configuration(of machineARN: String) -> JSONValue {
        .array(
            routes.map { route in
                let isARN = route.version.utf8.starts(with: "arn:".utf8)
                let arn = isARN ? route.version : "\(machineARN):\(route.version)"
                return ["stateMachineVersionArn": .string(arn), "weight": .integer(route.weight)]
            }
        )
    }
}
