/// How one service is spoken to.
final class ServiceModel: Sendable {
    /// The protocols that are spoken.
    enum WireProtocol: String, Sendable, CaseIterable {
        case json
        case restJSON = "rest-json"
        case restXML = "rest-xml"
        case cbor = "smithy-rpc-v2-cbor"
        case query
        case ec2
    }

    /// What is said of the service as a whole.
    struct Metadata: Sendable {
        var serviceID: String
        var endpointPrefix: String
        var signingName: String
        var wireProtocol: WireProtocol
        var apiVersion: String
        var jsonVersion = "1.1"
        var targetPrefix = ""
        var isQueryCompatible = false
        var isUnsigned = false
    }

    let metadata: Metadata
    let operations: [String: OperationModel]
    /// Exceptions' shapes by the codes that the service answers, of any action.
    let errors: [String: String]
    private let shapes: [String: Shape]
    /// How members of loose actions are spelled; nil of a model that describes all.
    let loose: LooseSpelling?

    init(
        metadata: Metadata,
        operations: [String: OperationModel],
        shapes: [String: Shape],
        errors: [String: String],
        loose: LooseSpelling? = nil
    ) {
        self.metadata = metadata
        self.operations = operations
        self.shapes = shapes
        self.errors = errors
        self.loose = loose
    }

    /// The client's name in the SDK: `DynamoDb`.
    var clientName: String { SDKName.client(metadata.serviceID) }

    /// The shape of a use; a text when the model does not have it.
    func shape(_ member: MemberShape) -> Shape { shapes[member.shape] ?? .string }

    /// The structure that a member is; nil when it is none.
    func structure(_ member: MemberShape?) -> StructureShape? {
        guard let member, case .structure(let structure) = shape(member) else { return nil }
        return structure
    }

    /// Codes that services answer without an exception of their own in the model.
    private static let common: Set = [
        "AccessDeniedException", "ExpiredTokenException", "IncompleteSignatureException",
        "InvalidSignatureException", "MissingAuthenticationTokenException",
        "SerializationException", "ThrottlingException", "UnknownOperationException",
        "UnrecognizedClientException", "ValidationException",
    ]

    /// The exception's shape of a code that an action answered; nil when there is none.
    func errorShape(_ code: String, of operation: OperationModel) -> String? {
        if let shape = operation.errors[code] ?? errors[code] { return shape }
        // What is built in lists few: there the code's own form says it.
        guard loose != nil, !Self.common.contains(code) else { return nil }
        return code.hasSuffix("Exception") || code.hasSuffix("Fault") ? code : nil
    }
}
