import StepwellEngine
import StepwellJSON
import StepwellServer

extension ConsoleSessions {
    /// How much of a key that nobody has is written down, in bytes.
    private static let keyBytes = 128

    /// What an audit log says of a request to sign in or out by `caller`, whose session it begins
    /// or ends; nil of one that only asks, and where nobody has to sign in.
    func audited(_ request: ServiceRequest, by caller: String?) -> AuditedCall? {
        guard isAsking else { return nil }
        let source = "signin.amazonaws.com"
        switch request.method {
        case "POST":
            var call = AuditedCall(source: source, name: "ConsoleLogin", caller: caller)
            let members = try? request.consoleMembers()
            if let key = members?["accessKeyId"]?.stringValue {
                let shown = String(decoding: key.utf8.prefix(Self.keyBytes), as: UTF8.self)
                call.parameters["accessKeyId"] = .string(shown)
            }
            return call
        case "DELETE" where caller != nil:
            return AuditedCall(source: source, name: "ConsoleLogout", caller: caller)
        default:
            return nil
        }
    }
}
