import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import StepwellServer

/// Where a history is read from; gives events that were not given before.
protocol HistorySource {
    /// The next events, and whether the execution is closed behind them.
    mutating func next() async throws -> (events: [JSONObject], isClosed: Bool)
}

/// A history in a data directory, which shows what was written since with each look.
struct StoredHistory: HistorySource {
    private let directory: DataDirectory
    private let execution: ExecutionNumber
    private var place = Ordinal(1)

    init(directory: DataDirectory, reference: ExecutionReference) throws {
        self.directory = directory
        execution = try directory.head(of: reference).execution
    }

    mutating func next() async throws -> (events: [JSONObject], isClosed: Bool) {
        guard let head = try directory.store.head(of: execution) else { return ([], true) }
        let reader = HistoryReader(store: directory.store)
        var events: [JSONObject] = []
        while place <= head.lastOrdinal {
            let found = try reader.events(of: execution, from: place)
            guard found.next > place else { break }
            place = found.next
            events += found.events.map { EventJSON.object(for: $0, includeExecutionData: true) }
        }
        return (events, head.summary.status != .running)
    }
}

/// A history that a server gives.
struct ServedHistory: HistorySource {
    /// The execution's ARN.
    let arn: String
    private let client: ServiceClient
    /// AWS's operations know no executions of Express workflows; this product's own do.
    private let service: ServiceClient.Service
    /// The token of the page that the last look ended on; nil for the first.
    private var page: JSONValue?
    /// How many events from that page on were given: a look costs what is new and a page.
    private var given = 0
    private var givenInAll = 0

    /// Finds the execution that a reference means.
    init(client: ServiceClient, reference: ExecutionReference) async throws {
        self.client = client
        arn = try await NameResolver(api: client).execution(reference)
        service = .of(executionARN: arn)
    }

    mutating func next() async throws -> (events: [JSONObject], isClosed: Bool) {
        // What is asked first is older: an execution that is closed has no further events.
        let description = try await client.call(
            "DescribeExecution",
            JSONObject([("executionArn", .string(arn))]),
            of: service
        )
        var request = JSONObject([
            ("executionArn", .string(arn)), ("maxResults", .number(JSONNumber(Int64(1000)))),
        ])
        var fresh: [JSONObject] = []
        while true {
            request["nextToken"] = page
            let answer: JSONObject
            do {
                answer = try await client.call("GetExecutionHistory", request, of: service)
            } catch let error as ServiceError where error.code == "InvalidToken" && page != nil {
                // Tokens live for a day.
                (page, given) = (nil, givenInAll)
                continue
            }
            let events = answer.array("events")
            for case .object(let event) in events.dropFirst(given) { fresh.append(event) }
            guard let next = answer["nextToken"] else {
                given = max(given, events.count)
                break
            }
            page = next
            given = max(0, given - events.count)
        }
        givenInAll += fresh.count
        return (fresh, description["status"] != .string("RUNNING"))
    }
}
