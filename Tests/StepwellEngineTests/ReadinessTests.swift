import StepwellEngine
import StepwellTesting
import Testing

@Suite("Whether the engine is ready", .timeLimit(.minutes(10)))
struct ReadinessTests {
    private func engine(_ store: SimulatedStore) throws -> Engine {
        var configuration = EngineConfiguration()
        configuration.silence()
        return try Engine(store: store, configuration: configuration, clock: VirtualClock())
    }

    private func refusal(of engine: Engine) async -> String? {
        do {
            try await engine.checkReadiness()
            return nil
        } catch {
            return (error as? ServiceError)?.code.rawValue ?? "\(error)"
        }
    }

    @Test("It is until it ends")
    func ending() async throws {
        let engine = try engine(SimulatedStore())
        #expect(await refusal(of: engine) == nil)
        await engine.shutdown()
        #expect(await refusal(of: engine) == "ServiceUnavailable")
    }

    @Test("It is not while its store is full")
    func full() async throws {
        let store = SimulatedStore()
        let engine = try engine(store)
        store.freeze(with: .full)
        #expect(await refusal(of: engine) == "ServiceUnavailable")
        // No commit has failed.
        try await engine.checkProgress()
        store.thaw()
        #expect(await refusal(of: engine) == nil)
        await engine.shutdown()
    }
}
