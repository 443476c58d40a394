import StepwellEngine
import StepwellGraph
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import StepwellReplay

/// What a graph is drawn of: a definition and, of an execution, what became of its states.
struct GraphSource {
    /// A name for it.
    let title: String
    /// The definition's text.
    let definition: [UInt8]
    /// The conditions of the states, by name; nil without an execution.
    var statuses: [String: GraphStatus]?

    /// A definition in a file.
    init(file: String, substitutions: Substitutions) throws {
        let source = try DefinitionSource(path: file, substitutions: substitutions)
        title = source.path
        do throws(JSONParseError) {
            definition = try source.filled()
        } catch {
            let place = "\(source.path):\(error.line):\(error.column)"
            throw CommandFailure(.badInput, "\(place): not JSON: \(error.reason)")
        }
    }

    /// The state machine of an ARN, also of a version or alias, as a server has it.
    init(machine arn: String, client: ServiceClient) async throws {
        let request = JSONObject([("stateMachineArn", .string(arn))])
        try self.init(try await client.call("DescribeStateMachine", request))
    }

    /// An execution and the revision that it follows, as a server has them.
    init(
        execution: ExecutionReference,
        at place: ReplayPlace?,
        client: ServiceClient
    ) async throws {
        let arn = try await NameResolver(api: client).execution(execution)
        var own = JSONObject([("executionArn", .string(arn))])
        let answer = try await client.call("DescribeStateMachineForExecution", own, of: .stepwell)
        try self.init(answer, title: execution.argument)
        own["at"] = place.map { .string($0.text) }
        let statuses = try await client.call("DescribeStateStatuses", own, of: .stepwell)
        self.statuses = GraphStatus.all(statuses)
    }

    /// The state machine of an ARN in a data directory.
    init(machine arn: String, directory: DataDirectory) throws {
        guard let entry = directory.catalog.stateMachine(arn) else {
            let arns = directory.catalog.stateMachines(limit: .max).map(\.arn)
            throw CommandFailure(
                .failed,
                "there is no state machine '\(arn)'" + NearName.suggestion(arn, in: arns)
            )
        }
        title = entry.name
        definition = try Self.text(of: entry.current.definition, in: directory)
    }

    /// An execution of a data directory, and the revision that it follows.
    init(
        execution: ExecutionReference,
        at place: ReplayPlace?,
        directory: DataDirectory
    ) throws {
        let head = try directory.head(of: execution)
        title = execution.argument
        let start = try HistoryReader(store: directory.store).start(of: head)
        definition = try Self.text(of: start.definition, in: directory)
        statuses = GraphStatus.all(try directory.views(of: head).statuses(at: place))
    }

    private init(_ answer: JSONObject, title: String? = nil) throws {
        guard case .string(let text)? = answer["definition"] else {
            throw CommandFailure(.failed, "the server gave no definition")
        }
        definition = Array(text.utf8)
        if let title {
            self.title = title
        } else if case .string(let name)? = answer["name"] {
            self.title = name
        } else {
            self.title = "State machine"
        }
    }

    private static func text(
        of digest: DefinitionDigest,
        in directory: DataDirectory
    ) throws -> [UInt8] {
        guard let revision = directory.catalog.definition(digest) else {
            throw CommandFailure(.damage, "the catalog does not hold the definition")
        }
        return Array(try revision.text().utf8)
    }
}
