import StepwellEngine
import StepwellJSON
import StepwellReplay

/// Where the timeline of an execution is read from.
enum TimelineSource {
    case log(ExecutionViews)
    case server(ServiceClient, arn: String)

    /// Finds the execution in a data directory or on a server.
    init(_ execution: ExecutionReference, at place: APIOptions.Place) async throws {
        switch place {
        case .server(let endpoint):
            let client = ServiceClient(endpoint: endpoint)
            self = .server(client, arn: try await NameResolver(api: client).execution(execution))
        case .directory(let path):
            let directory = try DataDirectory(path)
            self = .log(directory.views(of: try directory.head(of: execution)))
        }
    }

    /// A page of the timeline: `{start, stop?, spans, next?}`.
    func page(_ query: TimelineQuery) async throws -> JSONObject {
        switch self {
        case .log(let views): return try views.timeline(query)
        case .server(let client, let arn):
            let request = JSONObject([
                ("executionArn", .string(arn)), ("after", .number(JSONNumber(query.after))),
                ("maxResults", .number(JSONNumber(Int64(query.limit)))),
            ])
            return try await client.call("GetExecutionTimeline", request, of: .stepwell)
        }
    }
}
