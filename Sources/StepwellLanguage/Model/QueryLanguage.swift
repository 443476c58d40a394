/// The language of a state's expressions (`QueryLanguage`).
package enum QueryLanguage: String, Sendable {
    case jsonPath = "JSONPath"
    case jsonata = "JSONata"

    /// The language that this one is not.
    var other: QueryLanguage { self == .jsonPath ? .jsonata : .jsonPath }
}
