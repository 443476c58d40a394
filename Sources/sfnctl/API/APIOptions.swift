import ArgumentParser
import StepwellIntegrations

/// Whom a command asks: a server, or a data directory.
struct APIOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server to ask: http[s]://HOST[:PORT]. (default: AWS_ENDPOINT_URL_SFN, "
                + "AWS_ENDPOINT_URL, else http://127.0.0.1:8083)",
            valueName: "URL"
        )
    )
    var endpoint: Endpoint?

    @Option(
        help: ArgumentHelp(
            "The data directory to use instead of a server. (default: STEPWELL_DATA_DIR)",
            valueName: "DIR"
        )
    )
    var dataDir: String?

    func validate() throws {
        guard endpoint == nil || dataDir == nil else {
            throw ValidationError("give either --data-dir or --endpoint")
        }
    }

    /// Where the answers come from.
    enum Place {
        case server(Endpoint)
        case directory(String)
    }

    /// The place that the options name, else the environment: what it says of this service counts
    /// more than what it says of all.
    func place(
        in environment: [String: String] = ProcessEnvironment.current
    ) throws -> Place {
        if let endpoint { return .server(endpoint) }
        if let dataDir { return .directory(dataDir) }
        if let own = ShellEndpoint.own(in: environment) { return .server(try Self.read(own)) }
        if let path = try? StandardDirectory.path(nil, in: environment) { return .directory(path) }
        return .server(try Self.server(in: environment) ?? .standard)
    }

    /// The server that the environment names.
    static func server(
        in environment: [String: String] = ProcessEnvironment.current
    ) throws -> Endpoint? {
        try (ShellEndpoint.own(in: environment) ?? ShellEndpoint.common(in: environment))
            .map { try read($0) }
    }

    private static func read(_ found: ShellEndpoint) throws -> Endpoint {
        guard let endpoint = Endpoint(found.url) else {
            throw CommandFailure(
                .badInput,
                "\(found.source): '\(found.url)' is not http[s]://HOST[:PORT]"
            )
        }
        return endpoint
    }

    /// Opens the place, has something done there, and closes it whatever came of it.
    func use<Value>(
        for purpose: DirectoryAPI.Purpose,
        _ body: (any ServiceAPI) async throws -> Value
    ) async throws -> Value {
        switch try place() {
        case .server(let endpoint):
            return try await body(ServiceClient(endpoint: endpoint))
        case .directory(let path):
            let api = try await DirectoryAPI(path, for: purpose)
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(api))
            } catch {
                result = .failure(error)
            }
            await api.close()
            return try result.get()
        }
    }
}
