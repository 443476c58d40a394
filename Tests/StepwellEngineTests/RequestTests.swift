import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

@Suite("Bad requests", .timeLimit(.minutes(10)))
struct RequestTests {
    private let engine: Engine
    private let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:m"

    init() throws {
        engine = try Engine(store: SimulatedStore(), clock: VirtualClock())
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? ServiceError)?.code.rawValue
        }
    }

    @Test(
        "names that AWS refuses",
        arguments: [
            "", "a b", "a<b", "a*", "a\"b", "a#b", "a\u{7}b", String(repeating: "x", count: 81),
        ]
    )
    func badNames(_ name: String) async {
        let found = await code { _ = try await engine.createActivity(name: name) }
        #expect(found == "InvalidName")
    }

    @Test(
        "ARNs that are none",
        arguments: [
            "", "nonsense", "arn:aws:states:x", "arn:aws:s3:::a:b:c",
            "arn:aws:states:us-east-1:000000000000:activity:a",
        ]
    )
    func badARNs(_ arn: String) async {
        let found = await code { _ = try await engine.describeExecution(arn: arn) }
        #expect(found == "InvalidArn")
    }

    @Test("input that is no JSON", arguments: ["", "{", "[1,]", "nope"])
    func badInput(_ input: String) async throws {
        let found = await code {
            _ = try await engine.startExecution(
                StartExecutionRequest(stateMachineARN: machine, input: Array(input.utf8))
            )
        }
        #expect(found == "InvalidExecutionInput")
    }

    @Test(
        "trace headers that are no ASCII, or too long",
        arguments: ["é", String(repeating: "x", count: 257)]
    )
    func badTraceHeader(_ header: String) async throws {
        let found = await code {
            _ = try await engine.startExecution(
                StartExecutionRequest(stateMachineARN: machine, traceHeader: header)
            )
        }
        #expect(found == "ValidationException")
    }

    @Test("payloads beyond 256 KiB")
    func oversize() async throws {
        let big = Array("\"\(String(repeating: "x", count: 262_143))\"".utf8)
        let start = await code {
            _ = try await engine.startExecution(
                StartExecutionRequest(stateMachineARN: machine, input: big)
            )
        }
        #expect(start == "ValidationException")
        let success = await code { try await engine.sendTaskSuccess(token: "x", output: big) }
        #expect(success == "ValidationException")
    }

    @Test("tokens that are none", arguments: ["", "AAAA", "not a token"])
    func badTokens(_ token: String) async {
        let found = await code { try await engine.sendTaskHeartbeat(token: token) }
        #expect(found == "InvalidToken")
        let page = await code {
            _ = try await engine.listStateMachines(maxResults: 1, nextToken: "!" + token)
        }
        #expect(page == "InvalidToken")
    }

    @Test("a description of a version that is not published is refused")
    func strayDescription() async {
        var describing = CreateStateMachineRequest(
            name: "m",
            definition: Machines.pass,
            roleARN: "r"
        )
        describing.versionDescription = "of a version that is not published"
        let described = await code { _ = try await engine.createStateMachine(describing) }
        #expect(described == "ValidationException")
    }

    @Test("a definition with an error is refused with AWS's code")
    func badDefinition() async {
        let request = CreateStateMachineRequest(
            name: "m",
            definition: #"{"StartAt":"B","States":{"A":{"Type":"Pass","End":true}}}"#,
            roleARN: "r"
        )
        let found = await code { _ = try await engine.createStateMachine(request) }
        #expect(found == "InvalidDefinition")
    }

    @Test("an update puts a new revision in force, and an empty one is refused")
    func updates() async throws {
        let request = CreateStateMachineRequest(
            name: "m",
            definition: Machines.pass,
            roleARN: "r"
        )
        _ = try await engine.createStateMachine(request)
        let missing = await code {
            _ = try await engine.updateStateMachine(
                UpdateStateMachineRequest(stateMachineARN: machine)
            )
        }
        #expect(missing == "MissingRequiredParameter")
        let updated = try await engine.updateStateMachine(
            UpdateStateMachineRequest(stateMachineARN: machine, definition: Machines.task)
        )
        let described = try await engine.describeStateMachine(arn: machine)
        #expect(described.definition == Machines.task)
        #expect(described.revisionID == updated.revisionID)
        try await engine.deleteStateMachine(arn: machine)
        let gone = await code { _ = try await engine.describeStateMachine(arn: machine) }
        #expect(gone == "StateMachineDoesNotExist")
    }
}
