import Logging
import Stepwell
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import StepwellServer
import StepwellStore
import Synchronization

/// The API over a data directory, without a server: answered by the operations that a server has.
final class DirectoryAPI: ServiceAPI {
    /// What a directory is opened for.
    enum Purpose {
        /// To look: beside the server that owns it too.
        case reading
        /// To change something: its executions stay as they are until a server, or a run, goes on
        /// with them.
        case changing
        /// To change something, in a directory that is made when it is missing.
        case making
        /// To let what is started run, by what a configuration says; other executions rest.
        case running(ConfigurationFile)
    }

    private let store: LMDBEventStore
    private let configuration: WorkflowEngine.Configuration
    private let outside: RunningIntegrations?
    private let current: Mutex<Router>

    /// Opens a directory.
    ///
    /// - Throws: `CommandFailure` when it is not there, is in use or cannot be used.
    init(_ path: String, for purpose: Purpose) async throws {
        if case .making = purpose {} else { try DataDirectory.check(path) }
        store = try Self.store(at: path, for: purpose)
        let place = try Place(of: store)
        var configuration = WorkflowEngine.Configuration()
        configuration.region = place.region
        configuration.account = place.account
        configuration.logger = Self.silence
        configuration.engine.sdkActions = .operations
        if case .running(let file) = purpose {
            let outside = try await RunningIntegrations(
                of: file,
                region: place.region,
                account: place.account,
                logger: Self.silence
            )
            outside.apply(to: &configuration.engine)
            Quota.apply(file.quotas, to: &configuration.engine)
            configuration.engine.initiative = .ownExecutions
            self.outside = outside
        } else {
            configuration.engine.initiative = .nothing
            outside = nil
        }
        self.configuration = configuration
        let workflows = try WorkflowEngine(store: store, configuration: configuration)
        workflows.resume()
        current = Mutex(Router(engine: workflows.engine, logger: Self.silence))
    }

    /// The engine is told nothing of what the owner of the directory changes: another one reads it.
    func refresh() async throws {
        guard configuration.engine.initiative == .nothing else { return }
        let engine = try WorkflowEngine(store: store, configuration: configuration).engine
        let before = current.withLock { router in
            defer { router = Router(engine: engine, logger: Self.silence) }
            return router.engine
        }
        await before.shutdown()
    }

    private static func store(at path: String, for purpose: Purpose) throws -> LMDBEventStore {
        do throws(StoreError) {
            guard case .reading = purpose else { return try LMDBEventStore.open(directory: path) }
            return try LMDBEventStore.open(directory: path, options: .readOnly)
        } catch {
            guard error.code == .inUse else { throw error }
            throw CommandFailure(
                .unusableDirectory,
                error.message + "; ask that server: --endpoint URL instead of --data-dir"
            )
        }
    }

    private static let silence = Logger(label: "sfnctl") { _ in SwiftLogNoOpLogHandler() }

    /// Region and account of new ARNs: those of the state machines that are there.
    private struct Place {
        var region = "us-east-1"
        var account = "000000000000"

        init(of store: any EventStore) throws {
            let catalog = try CatalogReader.catalog(in: store)
            guard let first = catalog.stateMachines(limit: 1).first,
                let arn = try? ResourceARN(first.arn)
            else { return }
            (region, account) = (arn.region, arn.account)
        }
    }

    func call(
        _ operation: String,
        _ members: JSONObject,
        of service: ServiceClient.Service
    ) async throws -> JSONObject {
        let response = await current.withLock { $0 }.respond(
            to: ServiceRequest(
                target: "\(service.rawValue).\(operation)",
                body: JSONWriter.write(.object(members))
            )
        )
        let answer = (try? JSONParser.parse(response.body))?.objectValue ?? JSONObject()
        guard response.status != 200 else { return answer }
        throw ServiceError(
            code: .init(rawValue: answer["__type"]?.stringValue ?? "InternalServerError"),
            message: answer["message"]?.stringValue ?? ""
        )
    }

    func arn(ofExecutionNumber number: UInt64) throws -> String {
        guard let head = try store.head(of: ExecutionNumber(number)),
            head.execution != .catalog
        else { throw CommandFailure(.failed, "there is no execution number \(number)") }
        return try HistoryReader(store: store).executionARN(of: head)
    }

    /// Ends what was opened; what was changed is durable.
    func close() async {
        await current.withLock { $0 }.engine.shutdown()
        await outside?.shutdown()
    }
}
