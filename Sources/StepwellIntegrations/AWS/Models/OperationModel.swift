/// An action of a service model.
struct OperationModel: Sendable {
    var name: String
    var method = "POST"
    /// The path's template, with what of the query is always there.
    var uri = "/"
    /// The parameters; nil of an action without any, or one that is described loosely.
    var input: MemberShape?
    var output: MemberShape?
    /// Exceptions' shapes by the codes that the service answers.
    var errors: [String: String] = [:]
    /// What stands before the endpoint's host.
    var hostPrefix: String?
    var isUnsigned = false
    /// The member that chooses the checksum of the body.
    var checksumMember: String?
    var needsChecksum = false
    /// What is known of an action of which there is no model.
    var loose: LooseOperation?
}
