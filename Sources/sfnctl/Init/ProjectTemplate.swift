import ArgumentParser

/// What a new project begins with.
struct ProjectTemplate {
    /// The templates by name.
    enum Name: String, ExpressibleByArgument, CaseIterable {
        case hello
        case orders
        case approval
        case fanOut = "fan-out"
    }

    let name: Name
    let title: String
    /// What the workflow does, for its README.
    let story: String
    /// The definition's text.
    let definition: String
    /// An input to try.
    let input: String
    /// The keys of the test file below `machine`.
    let tests: String
    /// The names of the functions.
    let functions: [String]
    /// The functions in each language; in Swift without `main`.
    let python: String
    let node: String
    let swift: String

    /// The path of the definition in the project.
    var definitionPath: String { "workflows/\(name.rawValue).asl.json" }

    /// The template of a name.
    static func named(_ name: Name) -> ProjectTemplate {
        switch name {
        case .hello: .hello
        case .orders: .orders
        case .approval: .approval
        case .fanOut: .fanOut
        }
    }

    /// What all calls of functions are retried for.
    static let retry = """
        {
                  "ErrorEquals": ["Lambda.ServiceException", "Lambda.TooManyRequestsException"],
                  "IntervalSeconds": 1,
                  "MaxAttempts": 5,
                  "BackoffRate": 2,
                  "JitterStrategy": "FULL"
                }
        """
}
