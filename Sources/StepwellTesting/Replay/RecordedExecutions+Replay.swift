public import Stepwell
import StepwellEngine
import StepwellHistory
import StepwellLanguage
import StepwellReplay

extension RecordedExecutions {
    /// Replays every execution with the definition that it followed: the proof that this version
    /// of the package makes of each log what the version that wrote it made.
    ///
    /// - Returns: What was found.
    /// - Throws: ``RecordingError`` when a log is damaged or its definition is none.
    public func replay() throws -> ReplayReport {
        try replay { execution in
            do {
                return try DefinitionDecoder.compile(accepted: execution.definition)
            } catch {
                throw RecordingError("\(execution.start.executionARN): its definition: \(error)")
            }
        }
    }

    /// Replays every execution with another definition than it followed: whether that would have
    /// made the same of the recorded inputs.
    ///
    /// Children of a distributed Map state are replayed with its item processor.
    ///
    /// - Returns: What was found.
    /// - Throws: ``RecordingError`` when a log is damaged; `StepwellError` `InvalidDefinition`.
    public func replay(with definition: Definition) throws -> ReplayReport {
        let compiled = try DefinitionCompiler.compile(try definition.text())
        return try replay { _ in compiled }
    }

    private func replay(
        _ definition: (RecordedExecution) throws -> StateMachineDefinition
    ) throws -> ReplayReport {
        var report = ReplayReport()
        for execution in executions {
            let machine = try definition(execution)
            let mapState = execution.start.mapRun?.stateName
            let own = mapState.map { machine.itemProcessor(ofMapState: $0) } ?? machine
            report.count += 1
            guard let own else {
                report.divergences.append(
                    ReplayDivergence(execution, noMapState: mapState ?? "")
                )
                continue
            }
            try Self.replay(execution, own, &report)
        }
        return report
    }

    private static func replay(
        _ execution: RecordedExecution,
        _ definition: StateMachineDefinition,
        _ report: inout ReplayReport
    ) throws {
        var replayer = Replayer(
            execution: execution.number,
            definition: definition,
            verifying: true
        )
        do throws(ReplayDamage) {
            for turn in execution.turns {
                guard let divergence = try replayer.take(turn) else { continue }
                report.divergences.append(
                    ReplayDivergence(execution, divergence, after: replayer.events.last?.id ?? 0)
                )
                return
            }
        } catch {
            throw RecordingError("\(execution.start.executionARN): \(error.description)")
        }
        if replayer.chainOnlyTurns > 0 {
            report.underivable.append(execution.start.executionARN)
        }
    }
}
