import Logging
import StepwellEngine
import StepwellJSON

extension Router {
    /// Notes who signed a request, where signatures are asked for.
    ///
    /// - Throws: AWS's errors for requests that are not well signed, `AccessDeniedException`.
    func identify(_ request: inout ServiceRequest) throws(ServiceError) {
        guard let authenticator, let service = signedService(of: request) else { return }
        let key: AccessKey
        do throws(ServiceError) {
            key = try authenticator.accessKey(of: request, service: service)
        } catch {
            noteSignature(of: request, error)
            throw error
        }
        request.caller = key.id
        request.isReadOnly = key.access == .readOnly
        // What a route does is not told by its request.
        if request.isReadOnly, service == "execute-api" {
            throw .accessDenied(key.id, request.action)
        }
    }

    /// The service that a request has to be signed for; nil when it need not be.
    private func signedService(of request: ServiceRequest) -> String? {
        for surface in surfaces {
            switch surface.authentication(of: request) {
            case .signature(let service): return service
            case .own: return nil
            case nil: continue
            }
        }
        return request.pathAndQuery.path == "/" && request.method == "POST" ? "states" : nil
    }

    /// Writes down that a request is not from who it says.
    private func noteSignature(of request: ServiceRequest, _ error: ServiceError) {
        requests?.recordRefusedSignature(error.code.rawValue)
        let claimed = (try? SignatureClaim(request))?.accessKeyID
        refusals.note(
            "the signature of a request is refused",
            [
                "client": "\(request.peer ?? "unknown")", "requestId": "\(request.id)",
                "accessKeyId": "\(RefusalLog.plain(claimed ?? "none"))",
                "code": "\(error.code)", "reason": "\(RefusalLog.plain(error.message))",
            ]
        )
    }

    /// Writes down that somebody could not sign in to the console.
    func noteSignIn(_ request: ServiceRequest, _ response: ServiceResponse) {
        guard let call = response.audited, call.name == "ConsoleLogin", response.status >= 400
        else { return }
        let claimed = call.parameters["accessKeyId"]?.stringValue ?? "none"
        refusals.note(
            "a sign-in to the console is refused",
            [
                "client": "\(request.peer ?? "unknown")", "requestId": "\(request.id)",
                "accessKeyId": "\(RefusalLog.plain(claimed))", "status": "\(response.status)",
            ]
        )
    }

    /// Writes down a request that its connection has refused.
    package func note(_ refusal: RefusedRequest) {
        let (request, response) = (refusal.request, refusal.response)
        requests?.record("refused", status: response.status, .zero)
        access?.record(request, response, .zero)
        refusals.note(
            "a request is refused",
            [
                "client": "\(request.peer ?? "unknown")", "requestId": "\(request.id)",
                "status": "\(response.status)",
                "reason": "\(RefusalLog.plain(refusal.error.message))",
            ]
        )
    }
}
