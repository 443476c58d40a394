import StepwellEngine
import StepwellHistory
import StepwellTesting
import Synchronization
import Testing

@Suite("A store that cannot be read")
struct ReadFailureTests {
    @Test("what the store says is passed on, and is not taken for damage")
    func transientFailure() async throws {
        let failing = Mutex(false)
        let store = ShapedStore(beforeRead: { ordinals throws(StoreError) in
            // A page is read in one piece; the payloads that its turns refer to, and that are not
            // of the page, one by one.
            guard failing.withLock({ $0 }),
                ordinals.lowerBound == ordinals.upperBound
            else { return }
            throw StoreError(.failed, "the disk does not answer")
        })
        var configuration = EngineConfiguration()
        configuration.silence()
        let engine = try Engine(store: store, configuration: configuration, clock: VirtualClock())
        let machine = try await engine.create("m", Machines.wait(seconds: 60))
        let input = #"{"text": "\#(String(repeating: "long enough to be shared ", count: 40))"}"#
        let execution = try await engine.start(machine, name: "e", input: input)
        _ = try await engine.waitForExecution(arn: execution)
        // The newest two events are of one turn and refer to the input, which an earlier one has.
        let request = GetExecutionHistoryRequest(
            executionARN: execution,
            maxResults: 2,
            reverseOrder: true
        )

        failing.withLock { $0 = true }
        do {
            _ = try await engine.getExecutionHistory(request)
            Issue.record("the history was read")
        } catch let error as ServiceError {
            #expect(error.message.contains("the disk does not answer"))
        }
        failing.withLock { $0 = false }
        #expect(try await engine.getExecutionHistory(request).items.count == 2)
        await engine.shutdown()
    }
}
