package import StepwellEngine
package import StepwellServer

/// The console, all of it below `/console`: its files, and the interface that they use.
///
/// | path | what it is |
/// | --- | --- |
/// | `/console/` | the page; everything else of it is a route behind `#` |
/// | `/console/assets/…` | its modules and styles |
/// | `/console/api/session` | who is signed in; signing in and out |
/// | `/console/api/call/OPERATION` | an operation of the API, in the name of who is signed in |
/// | `/console/api/live` | server-sent events |
/// | `/console/api/…` | what the page shows and the API has not |
///
/// Whoever changes something shows that they are the page: `Origin` is the server's own, and the
/// header `X-Stepwell-Console` is there, which other pages cannot send.
package struct ConsoleSurface: ServedSurface {
    private let assets: any AssetSource
    private let sessions: ConsoleSessions
    private let routes: ConsoleRoutes

    /// The path that all of the console is below.
    private static let root = "/console"

    /// A console of an engine.
    ///
    /// - Parameters:
    ///   - router: Has operations of the API and of other surfaces done for those who are known.
    ///   - assets: The files of the page.
    ///   - keys: The access keys that may sign in; nil where everybody may do everything.
    ///   - settings: What it says of its server.
    package init(
        router: Router,
        assets: any AssetSource = EmbeddedAssetSource(),
        keys: (any AccessKeySource)?,
        settings: ConsoleSettings
    ) {
        self.assets = assets
        sessions = ConsoleSessions(
            keys: keys,
            cookie: settings.cookie,
            clock: settings.clock
        )
        routes = ConsoleRoutes(router: router, settings: settings)
    }

    package func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
        Self.path(of: request) == nil ? nil : .own
    }

    package func respond(
        to request: ServiceRequest
    ) async throws(ServiceError) -> ServiceResponse? {
        guard let path = Self.path(of: request) else { return nil }
        var response: ServiceResponse
        do throws(ServiceError) {
            response = try await answer(request, path)
        } catch {
            response = Self.refusal(error)
        }
        ConsoleHeaders.add(to: &response)
        return response
    }

    private static func refusal(_ error: ServiceError) -> ServiceResponse {
        var response = ServiceResponse(error)
        response.contentType = "application/json"
        if error.code == ConsoleRefusal.unauthorized.code { response.status = 401 }
        if error.code == ConsoleRefusal.tooManyAttempts.code { response.status = 429 }
        return response
    }

    /// The path below the console; nil when the request is for something else.
    private static func path(of request: ServiceRequest) -> Substring? {
        let path = request.pathAndQuery.path
        guard path.utf8.starts(with: root.utf8) else { return nil }
        let rest = path.utf8.dropFirst(root.utf8.count)
        guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { return nil }
        return Substring(rest)
    }

    private func answer(
        _ request: ServiceRequest,
        _ path: Substring
    ) async throws(ServiceError) -> ServiceResponse {
        guard let route = path.dropped("/api/") else {
            return try ConsoleFiles(assets).answer(request, path)
        }
        try ConsoleOrigin.check(request)
        if route == "session" { return session(request) }
        var request = request
        let key = try sessions.key(of: request)
        request.caller = key?.id
        request.isReadOnly = key?.access == .readOnly
        request.intermediary = "console"
        var response: ServiceResponse
        do throws(ServiceError) {
            response = try await routes.answer(request, route) { [sessions, request] in
                sessions.admits(request)
            }
        } catch {
            response = Self.refusal(error)
        }
        response.caller = request.caller
        return response
    }

    /// Signs in and out; an audit log says who did, and who could not.
    private func session(_ request: ServiceRequest) -> ServiceResponse {
        let caller = (try? sessions.key(of: request))?.id
        var response: ServiceResponse
        do throws(ServiceError) {
            response = try sessions.answer(request)
        } catch {
            response = Self.refusal(error)
        }
        // Who tries to sign in is who they can show to be, whoever was signed in before.
        if request.method != "POST" { response.caller = caller }
        response.audited = sessions.audited(request, by: response.caller)
        return response
    }
}

extension Substring {
    /// What is behind a prefix; nil when it does not begin with it.
    func dropped(_ prefix: String) -> Substring? {
        utf8.starts(with: prefix.utf8) ? Substring(utf8.dropFirst(prefix.utf8.count)) : nil
    }
}
