import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting
import Synchronization
import Testing

/// The order to stop a job is in the log of its execution until it is known to be obeyed.
@Suite("Orders to stop jobs", .timeLimit(.minutes(10)))
struct JobStopTests {
    private static let job = #"""
        {"StartAt": "S", "States": {"S": {"Type": "Task", "End": true, MORE
          "Resource": "arn:aws:states:::batch:submitJob.sync", "Parameters": {"JobName": "j"}}}}
        """#

    private static let submitted = Payload(text: Array(#"{"JobId":"1"}"#.utf8))

    private func rig(_ more: String = "", submits: Bool = true) throws -> Rig {
        let rig = try Rig(limits: { _ in }) { _, _ in submits ? .submit(Self.submitted) : .vanish }
        try rig.create("m", Self.job.replacing("MORE", with: more))
        rig.simulation.start("m", name: "e")
        rig.settle()
        return rig
    }

    private func execution(_ rig: Rig) throws -> ExecutionNumber {
        try #require(rig.simulation.head(of: "e", in: "m")).execution
    }

    @Test("outlive crashes, and are given until they are obeyed", arguments: [true, false])
    func crash(submits: Bool) throws {
        let rig = try rig(submits: submits)
        rig.simulation.send(.stop(Failure(error: "E", cause: nil)), to: try execution(rig))
        for _ in 0..<8 { rig.simulation.handleMessage() }
        rig.simulation.seal()
        rig.simulation.commit()
        #expect(rig.simulation.head(of: "e", in: "m")?.summary.pendingTasks == 1)
        for _ in 0..<3 { try rig.simulation.crash() }
        #expect(rig.world.stoppedJobs.isEmpty)
        rig.settle()
        #expect(rig.world.stoppedJobs.count == 1)
        let head = rig.simulation.head(of: "e", in: "m")
        #expect(head?.summary.status == .aborted)
        #expect(head?.summary.pendingTasks == 0)
        try rig.simulation.crash()
        rig.settle()
        #expect(rig.world.stoppedJobs.count == 1)
        #expect(rig.problems == [])
    }

    @Test("say whether an earlier life may have begun the job")
    func redelivery() throws {
        for crashes in [false, true] {
            let rig = try rig(submits: false)
            if crashes {
                try rig.simulation.crash()
                rig.settle()
            }
            rig.simulation.send(.stop(Failure(error: "E", cause: nil)), to: try execution(rig))
            rig.settle()
            #expect(rig.world.stopsOfEarlierLives == (crashes ? 1 : 0))
        }
        let rig = try rig(submits: false)
        rig.simulation.send(.stop(Failure(error: "E", cause: nil)), to: try execution(rig))
        for _ in 0..<8 { rig.simulation.handleMessage() }
        rig.simulation.seal()
        rig.simulation.commit()
        try rig.simulation.crash()
        rig.settle()
        #expect(rig.world.stopsOfEarlierLives == 1)
    }

    @Test("come from a timeout too, and from no end that the job has come to itself")
    func endings() throws {
        let timed = try rig(#""TimeoutSeconds": 60,"#)
        timed.simulation.pass(milliseconds: 61_000)
        timed.settle()
        #expect(timed.simulation.head(of: "e", in: "m")?.summary.status == .failed)
        #expect(timed.world.stoppedJobs.count == 1)
        let keys = Mutex<[TaskKey]>([])
        let ended = try Rig(limits: { _ in }) { assignment, _ in
            keys.withLock { $0.append(assignment.key) }
            return .submit(Self.submitted)
        }
        try ended.create("m", Self.job.replacing("MORE", with: ""))
        ended.simulation.start("m", name: "e")
        ended.settle()
        let key = try #require(keys.withLock { $0.first })
        ended.simulation.send(
            .taskSucceeded(key.ordinal, output: Self.submitted),
            to: key.execution
        )
        ended.settle()
        #expect(ended.world.stoppedJobs.isEmpty)
        #expect(ended.problems == [])
    }

    @Test("know what the submission came to, as recorded before a restart")
    func submission() throws {
        let seen = Mutex<[TaskAssignment]>([])
        let rig = try Rig(limits: { _ in }) { assignment, _ in
            seen.withLock { $0.append(assignment) }
            return .submit(Self.submitted)
        }
        try rig.create("m", Self.job.replacing("MORE", with: ""))
        rig.simulation.start("m", name: "e")
        rig.settle()
        try rig.simulation.crash()
        rig.settle()
        let state = Mutex<ExecutionState?>(nil)
        rig.simulation.send(
            .state(
                StateCommand(execution: try execution(rig)) { answer in
                    state.withLock { $0 = try? answer.get() }
                }
            )
        )
        rig.settle()
        let found = state.withLock { $0?.submittedTasks().first }
        #expect(found?.submitted == Self.submitted)
    }
}
