import ArgumentParser
import StepwellJSON

/// Tags of the command line, each as KEY=VALUE.
struct TagArguments {
    /// The tags as the API has them.
    let tags: [JSONValue]

    /// Takes the arguments apart.
    ///
    /// - Throws: `ValidationError` for one that is no KEY=VALUE.
    init(_ arguments: [String]) throws {
        tags = try arguments.map { argument in
            let parts = argument.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("the tag '\(argument)' is not of the form KEY=VALUE")
            }
            return ["key": .string(String(parts[0])), "value": .string(String(parts[1]))]
        }
    }
}
