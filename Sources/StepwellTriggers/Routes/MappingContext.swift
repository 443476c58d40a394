package import StepwellJSON

/// What a mapping may speak of: the request, what the server knows of it, and later the answer.
package struct MappingContext: Sendable {
    /// `method`, `rawPath`, `path`, `querystring`, `header` (names in lower case), `body` and, for
    /// a form, `form`.
    package var request: JSONObject
    /// `requestId`, `routeKey`, `time`, `identity`.
    package var context: JSONObject
    /// What was answered; nil while that is not known.
    package var response: JSONObject?
    /// The time of the evaluation, in milliseconds since 1970.
    package var milliseconds: Int64
    /// What random numbers of expressions are made from.
    package var seed: UInt64

    package init(
        request: JSONObject,
        context: JSONObject,
        milliseconds: Int64,
        seed: UInt64
    ) {
        self.request = request
        self.context = context
        self.milliseconds = milliseconds
        self.seed = seed
    }

    /// The root that a reference names.
    func root(_ root: MappingReference.Root) -> JSONObject? {
        switch root {
        case .request: request
        case .context: context
        case .response: response
        }
    }
}
