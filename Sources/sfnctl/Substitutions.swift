import ArgumentParser
import StepwellIntegrations

/// The values for `${NAME}` in a definition's strings, as `--substitute NAME=VALUE` gives them.
struct Substitutions {
    let values: [String: String]

    /// Values that are known already.
    init(values: [String: String]) {
        self.values = values
    }

    /// Takes the arguments apart.
    init(_ arguments: [String]) throws {
        var values: [String: String] = [:]
        for argument in arguments {
            guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
                throw ValidationError("--substitute '\(argument)' is not of the form NAME=VALUE")
            }
            let name = String(argument[..<equals])
            values[name] = String(argument[argument.index(after: equals)...])
        }
        self.values = values
    }

    /// Refuses values for what is nowhere: a name that was misspelt would be without effect.
    ///
    /// - Parameter placeholders: the names that the definitions have.
    /// - Throws: `ValidationError`.
    func refuseUnused(in placeholders: some Sequence<String>) throws {
        let known = Set(placeholders)
        guard let unused = values.keys.sorted().first(where: { !known.contains($0) }) else {
            return
        }
        throw ValidationError(
            "--substitute \(unused): there is no ${\(unused)} in the definition"
                + NearName.suggestion(unused, in: known.sorted())
        )
    }
}
