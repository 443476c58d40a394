import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting

/// A simulation with what most tests need around it.
struct Rig {
    typealias Responder = @Sendable (TaskAssignment, Int) -> SimulatedWorld.Response

    let world: SimulatedWorld
    let simulation: Simulation

    init(
        seed: UInt64 = 1,
        store: SimulatedStore = SimulatedStore(),
        limits: (inout EngineLimits) -> Void = { _ in },
        dataset: SimulatedDataset = SimulatedDataset(),
        _ respond: @escaping Responder = { task, _ in .succeed(task.dispatch.parameters) }
    ) throws {
        var configuration = EngineConfiguration()
        limits(&configuration.limits)
        configuration.silence()
        world = SimulatedWorld(dataset: dataset, respond: respond)
        simulation = try Simulation(
            seed: seed,
            store: store,
            world: world,
            configuration: configuration
        )
    }

    /// Creates the state machine and waits until it is durable.
    func create(_ name: String, _ definition: String) throws {
        try simulation.createStateMachine(name, definition: definition)
        settle()
    }

    /// Handles everything that is waiting and commits it, without letting time pass.
    func settle() {
        for _ in 0..<10_000 where !simulation.isQuiet {
            simulation.handleMessage()
            simulation.advance()
            simulation.seal()
            simulation.commit()
            simulation.hear()
            simulation.runTask()
            simulation.deliverResult()
            simulation.runErrand()
            simulation.runData()
            simulation.load()
        }
    }

    /// The problems that the checkers find.
    var problems: [String] {
        LogChecker.problems(in: simulation.store, catalog: simulation.core.currentCatalog)
            + EffectChecker.problems(in: world.deeds)
    }

    /// The types of an execution's events, durable ones.
    func events(of name: String, in machine: String) throws -> [HistoryEvent] {
        guard let head = simulation.head(of: name, in: machine) else { return [] }
        return try HistoryReader(store: simulation.store)
            .allEvents(of: head.execution)
    }
}

extension HistoryReader {
    /// Every durable event of an execution.
    func allEvents(of execution: ExecutionNumber) throws -> [HistoryEvent] {
        var all: [HistoryEvent] = []
        var next = Ordinal(1)
        while true {
            let batch = try events(of: execution, from: next)
            if batch.next == next { return all }
            all += batch.events
            next = batch.next
        }
    }
}
