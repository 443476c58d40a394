/// Why a path gave no value.
///
/// The texts are those of Jayway's library, which AWS passes on.
package enum JSONPathError: Error, Sendable, Equatable {
    /// The last segment of a definite path, given in bracket form, is not there.
    case noResults(path: String)
    /// A segment before the last one is not there.
    case missingProperty(path: String)
    /// A property was asked of what is not an object.
    case notAnObject(property: String, path: String, found: String)
    /// An array segment was applied to what is not an array.
    case notAnArray(segment: String, current: String)
    /// An array segment was applied to null.
    case nullArray(path: String)
    /// A filter was applied to a string, number, boolean or null.
    case filterOnPrimitive(current: String)
    /// A function of the path cannot be applied to the values it got.
    case functionFailed(reason: String)
    /// No variable of that name is visible.
    case undefinedVariable(name: String)
    /// The path starts from an input that is null.
    case nullInput
    /// The value is nested more deeply than `PathLimits.depth`.
    case tooDeep
    /// The evaluation budget is used up.
    case budgetExhausted

    /// Whether the path simply leads nowhere in this input.
    package var isNotFound: Bool {
        switch self {
        case .noResults, .missingProperty, .notAnObject, .notAnArray, .nullArray,
            .filterOnPrimitive, .undefinedVariable:
            true
        case .functionFailed, .nullInput, .tooDeep, .budgetExhausted: false
        }
    }

    /// The reason as AWS words it after `Invalid path '…' : `.
    package var reason: String {
        switch self {
        case .noResults(let path): "No results for path: \(path)"
        case .missingProperty(let path): "Missing property in path \(path)"
        case .notAnObject(let property, let path, let found):
            "Expected to find an object with property \(property) in path \(path) but found "
                + "'\(found)'. This is not a json object according to the JsonProvider: "
                + "'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."
        case .notAnArray(let segment, let current):
            "Filter: \(segment) can only be applied to arrays. Current context is: \(current)"
        case .nullArray(let path): "The path \(path) is null"
        case .filterOnPrimitive(let current):
            "Filter: [?] can not be applied to primitives. Current context is: \(current)"
        case .functionFailed(let reason): reason
        case .undefinedVariable(let name): "The variable '$\(name)' is not defined"
        case .nullInput: "Unable to apply Path transformation to null or empty input."
        case .tooDeep: "The value is nested more than \(PathLimits.depth) levels deep"
        case .budgetExhausted: "The evaluation budget is exhausted"
        }
    }
}
