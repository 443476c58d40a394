import Foundation
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellLanguage
import StepwellTesting
import Testing

/// Real workflows run to their end from mocked responses, along every branch that their Choice
/// states and catchers offer.
///
/// The definitions are samples that others published ($STEPWELL_SHARED/conformance/workflows); the
/// responses and inputs are in `Workflows`, in the format of the mock configuration file with
/// `Definition`, `Substitute` and `Cases` beside it.
@Suite("Sample workflows with outside services", .timeLimit(.minutes(10)))
struct WorkflowTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Workflows")
    static let shared: String =
        ProcessInfo.processInfo.environment["STEPWELL_SHARED"]
        ?? folder.appending(path: "../../../../shared").standardized.path
    static let isThere = FileManager.default.fileExists(
        atPath: shared + "/conformance/workflows"
    )

    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }()

    @Test("there are ten at least")
    func count() {
        #expect(Self.names.count >= 10)
    }

    @Test(
        "every case ends as it says, and every branch is taken by one",
        .enabled(if: isThere, "no workflows: set STEPWELL_SHARED"),
        arguments: names
    )
    func branches(_ name: String) async throws {
        let sample = try SampleWorkflow(Self.folder.appending(path: name), shared: Self.shared)
        var taken: Set<String> = []
        for testCase in sample.cases {
            let (status, output, edges) = try await run(testCase, of: sample)
            #expect(status == testCase.status, "\(name), \(testCase.name)")
            if let expected = testCase.output {
                #expect(output == expected, "\(name), \(testCase.name)")
            }
            taken.formUnion(edges)
        }
        #expect(sample.edges.subtracting(taken).sorted() == [], "\(name): never taken")
        #expect(taken.subtracting(sample.edges).sorted() == [], "\(name): not in the definition")
    }

    private func run(
        _ testCase: SampleWorkflow.Case,
        of sample: SampleWorkflow
    ) async throws -> (status: String, output: JSONValue?, edges: Set<String>) {
        let store = SimulatedStore()
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.mocks = FixedMocks(sample.mocks, name: "the sample")
        let engine = try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(),
            entropy: SeededEntropy(seed: 3)
        )
        let machine = try await engine.createStateMachine(
            CreateStateMachineRequest(
                name: "m",
                definition: sample.definition,
                roleARN: "arn:aws:iam::000000000000:role/r"
            )
        ).stateMachineARN
        let started = try await engine.startExecution(
            StartExecutionRequest(
                stateMachineARN: machine + "#" + testCase.name,
                input: JSONWriter.write(testCase.input)
            )
        )
        let result = try await engine.waitForExecution(arn: started.executionARN)
        await engine.shutdown()
        let output = try result.output.map { try JSONParser.parse($0.text) }
        return (result.status.rawValue, output, try sample.edges(taken: store))
    }
}
