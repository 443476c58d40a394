import StepwellEngine
import StepwellHistory
import StepwellTesting
import Synchronization
import Testing

@Suite("Back-pressure", .timeLimit(.minutes(10)))
struct BackPressureTests {
    private enum Outcome: Sendable, Equatable {
        case started(String)
        case refused(String?)
    }

    private final class Flag: Sendable {
        let isRaised = Atomic(false)
    }

    private func start(_ engine: Engine, _ machine: String, _ name: String) async -> Outcome {
        do {
            return .started(try await engine.start(machine, name: name))
        } catch {
            return .refused((error as? ServiceError)?.code.rawValue)
        }
    }

    @Test("while the disk stands still, starts beyond the mailbox are throttled, none is lost")
    func throttling() async throws {
        let gate = Gate()
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.mailboxCapacity = 4
        configuration.limits.batchBytes = 1
        let engine = try Engine(
            store: ShapedStore(beforeAppend: { gate.pass() }),
            configuration: configuration,
            clock: VirtualClock(skips: false)
        )
        let machine = try await engine.create("m", Machines.wait(seconds: 60))
        gate.close()
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for index in 0..<64 {
                group.addTask { await start(engine, machine, "e\(index)") }
            }
            var outcomes: [Outcome] = []
            for await outcome in group {
                outcomes.append(outcome)
                // At most a mailbox full is in each of: a commit, the batch behind it, the turn
                // thread's hands, the mailbox. Every other start has to be refused by now.
                if outcomes.count == 48 { gate.open() }
            }
            return outcomes
        }
        #expect(outcomes.prefix(48).allSatisfy { $0 == .refused("ThrottlingException") })
        let started = outcomes.compactMap { outcome -> String? in
            if case .started(let arn) = outcome { arn } else { nil }
        }
        #expect(!started.isEmpty)
        for arn in started {
            #expect(try await engine.describeExecution(arn: arn).status == .running)
        }
        let listed = try await engine.listExecutions(
            ListExecutionsRequest(stateMachineARN: machine)
        )
        #expect(Set(listed.items.map(\.executionARN)) == Set(started))

        // As soon as the disk keeps up, starts are taken again.
        #expect(try await engine.start(machine, name: "later").hasSuffix(":later"))
        await engine.shutdown()
    }

    @Test("requests that wait are bounded by their bytes as well")
    func bytes() async throws {
        let gate = Gate()
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.mailboxBytes = 40_000
        configuration.limits.batchBytes = 1
        let engine = try Engine(
            store: ShapedStore(beforeAppend: { gate.pass() }),
            configuration: configuration,
            clock: VirtualClock(skips: false)
        )
        let machine = try await engine.create("m", Machines.wait(seconds: 60))
        gate.close()
        let input = "\"" + String(repeating: "x", count: 10_000) + "\""
        let codes = await withTaskGroup(of: String?.self) { group in
            for index in 0..<64 {
                group.addTask {
                    do {
                        _ = try await engine.start(machine, name: "e\(index)", input: input)
                        return nil
                    } catch {
                        return (error as? ServiceError)?.code.rawValue
                    }
                }
            }
            var codes: [String?] = []
            for await code in group {
                codes.append(code)
                if codes.count == 48 { gate.open() }
            }
            return codes
        }
        #expect(codes.prefix(48).allSatisfy { $0 == "ThrottlingException" })
        #expect(codes.contains(nil))
        await engine.shutdown()
    }

    @Test("a full batch is closed however many messages came at once")
    func fullBatches() async throws {
        let gate = Gate()
        let appends = Mutex(0)
        var configuration = EngineConfiguration()
        configuration.silence()
        configuration.limits.batchBytes = 1
        let begun = Flag()
        let store = ShapedStore(beforeAppend: {
            begun.isRaised.store(true, ordering: .releasing)
            gate.pass()
            appends.withLock { $0 += 1 }
        })
        let engine = try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(skips: false)
        )
        let machine = try await engine.create("m", Machines.wait(seconds: 60))
        gate.close()
        appends.withLock { $0 = 0 }
        begun.isRaised.store(false, ordering: .releasing)
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<64 {
                group.addTask { _ = try? await engine.start(machine, name: "e\(index)") }
            }
            // The others come while the first is held up, in whatever lots the thread takes them.
            group.addTask {
                while !begun.isRaised.load(ordering: .acquiring) { await Task.yield() }
                gate.open()
            }
        }
        #expect(appends.withLock { $0 } == 64)
        await engine.shutdown()
    }
}
