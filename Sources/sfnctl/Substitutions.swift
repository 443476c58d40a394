import ArgumentParser

/// The values for `${NAME}` in a definition's strings, as `--substitute NAME=VALUE` gives them.
struct Substitutions {
    let values: [String: String]

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
}
