import Logging
import Stepwell
import StepwellEngine
import StepwellJSON
import StepwellServer
import StepwellTriggers

/// A data directory: the engine of this process has it for as long as the deployment takes, and
/// lets what is in it rest.
struct DirectoryTarget: DeploymentTarget {
    private let engine: WorkflowEngine
    private let triggers: Triggers
    private let router: Router

    /// Opens a directory, which is made when it is missing.
    init(directory: String, region: String, account: String) async throws {
        let logger = Logger(label: "sfnctl") { _ in SwiftLogNoOpLogHandler() }
        engine = try await openEngine(at: directory, clock: SystemClock()) {
            $0.region = region
            $0.account = account
            $0.logger = logger
            $0.engine.initiative = .nothing
        }
        let running = try RunningTriggers(directory, engine.engine, nil, logger: logger)
        triggers = running.triggers
        router = Router(engine: engine.engine, logger: logger, surfaces: running.surfaces)
        triggers.startRecording()
    }

    func call(
        _ service: String,
        _ operation: String,
        _ body: JSONObject
    ) async throws -> JSONObject {
        let target = ServiceClient.Service(deployment: service).rawValue
        let request = ServiceRequest(
            target: "\(target).\(operation)",
            body: JSONWriter.write(.object(body))
        )
        let response = await router.respond(to: request)
        let members = (try? JSONParser.parse(response.body))?.objectValue ?? JSONObject()
        guard (200..<300).contains(response.status) else {
            throw ServiceError(
                code: .init(
                    rawValue: members["__type"]?.stringValue ?? "Status\(response.status)"
                ),
                message: members["message"]?.stringValue ?? ""
            )
        }
        return members
    }

    func end() async {
        await triggers.endRecording()
        await engine.shutdown()
    }
}
