import StepwellEngine

/// A handler before there is an engine that calls it.
struct HandlerRegistration: Sendable {
    /// The resource as it was given.
    let resource: String
    /// Whether it stands for a function that `lambda:invoke` can name.
    let isFunction: Bool
    /// The handler in an engine.
    let connector: @Sendable (EngineHome) -> any TaskConnector

    init(_ resource: String, _ connector: @escaping @Sendable (EngineHome) -> any TaskConnector) {
        self.resource = resource
        self.connector = connector
        let isPlain = !resource.utf8.starts(with: "arn:".utf8)
        isFunction = isPlain || FunctionReference(arn: resource) != nil
    }
}
