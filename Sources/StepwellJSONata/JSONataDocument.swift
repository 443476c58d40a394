public import StepwellJSON

/// A document that expressions are evaluated on one after another: what one of them looked into is
/// not converted again for the next.
///
/// It is not for concurrent use; nothing that an evaluation does changes what another gives.
public final class JSONataDocument {
    let value: Value

    /// A document; nil for none.
    public init(_ json: JSONValue?) {
        value = json.map { Value($0) } ?? .undefined
    }
}
