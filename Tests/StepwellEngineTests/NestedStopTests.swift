import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellTesting
import Synchronization
import Testing

/// The order to stop a nested execution is in its parent's log until it is known to be obeyed.
@Suite("Orders to stop nested executions", .timeLimit(.minutes(10)))
struct NestedStopTests {
    private static let wait = #"""
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 86400, "End": true}}}
        """#

    private static func task(_ pattern: String, _ more: String = "") -> String {
        """
        {"Type": "Task", \(more) "Resource": "arn:aws:states:::states:startExecution\(pattern)",
         "Parameters": {"StateMachineArn": "\(Simulation.stateMachineARN("child"))",
           "Name": "kid"}, "End": true}
        """
    }

    /// A parent whose task is out, in a world that never answers, so that tests start the child
    /// themselves.
    private final class Family {
        let rig: Rig
        let parent: ExecutionNumber
        let task: Ordinal

        init(_ pattern: String) throws {
            let seen = Mutex<[TaskKey]>([])
            let respond: Rig.Responder = { assignment, _ in
                seen.withLock { $0.append(assignment.key) }
                return .vanish
            }
            rig = try Rig(limits: { _ in }, respond)
            try rig.create("child", NestedStopTests.wait)
            let task = NestedStopTests.task(pattern)
            try rig.create("parent", #"{"StartAt": "S", "States": {"S": \#(task)}}"#)
            rig.simulation.start("parent", name: "p")
            rig.settle()
            let key = try #require(seen.withLock { $0.first })
            parent = key.execution
            self.task = key.ordinal
        }

        /// Starts the child, by the task unless it is somebody else's.
        func startChild(isNested: Bool = true) -> Reply<StartExecutionResponse> {
            let reply = Reply<StartExecutionResponse>()
            var command = StartCommand(
                stateMachineARN: Simulation.stateMachineARN("child"),
                name: "kid",
                input: Payload(text: Array("{}".utf8))
            ) { reply.put($0) }
            if isNested { command.nested = NestedMembership(parent: parent, task: task) }
            rig.simulation.send(.start(command))
            return reply
        }

        func stopParent() {
            rig.simulation.send(.stop(Failure(error: "E", cause: "c")), to: parent)
        }

        /// Handles what was sent and commits it, without doing what follows from it.
        func commit() {
            for _ in 0..<8 { rig.simulation.handleMessage() }
            rig.simulation.seal()
            rig.simulation.commit()
        }

        var childStatus: ExecutionStatus? {
            rig.simulation.head(of: "kid", in: "child")?.summary.status
        }

        var parentHead: ExecutionHead? { rig.simulation.head(of: "p", in: "parent") }
    }

    @Test("outlive a crash, though the parent is closed", arguments: [".sync", ".sync:2"])
    func crash(_ pattern: String) throws {
        let family = try Family(pattern)
        _ = family.startChild()
        family.rig.settle()
        family.stopParent()
        family.commit()
        #expect(family.parentHead?.summary.status == .aborted)
        #expect(family.parentHead?.summary.pendingTasks == 1)
        let stopDate = family.parentHead?.stopDate
        for _ in 0..<3 { try family.rig.simulation.crash() }
        #expect(family.childStatus == .running)
        family.rig.simulation.pass(milliseconds: 5_000)
        family.rig.settle()
        #expect(family.childStatus == .aborted)
        #expect(family.parentHead?.summary.pendingTasks == 0)
        #expect(family.parentHead?.stopDate == stopDate)
        #expect(family.parentHead?.redriveCount == 0)
        #expect(family.rig.problems == [])
    }

    @Test("find a start that came just before, and bar one that comes behind")
    func order() throws {
        let early = try Family(".sync")
        let started = early.startChild()
        early.stopParent()
        early.rig.settle()
        #expect(started.success != nil)
        #expect(early.childStatus == .aborted)

        let late = try Family(".sync")
        late.stopParent()
        let refused = late.startChild()
        late.rig.settle()
        #expect(refused.error?.code == "TaskTimedOut")
        #expect(late.childStatus == nil)
        #expect(late.parentHead?.summary.pendingTasks == 0)
    }

    @Test("leave alone what the task has not started")
    func foreign() throws {
        let family = try Family(".sync:2")
        _ = family.startChild(isNested: false)
        family.stopParent()
        family.rig.settle()
        #expect(family.childStatus == .running)
        #expect(family.parentHead?.summary.pendingTasks == 0)
    }

    @Test("are none where a task does not end with its execution")
    func others() throws {
        let family = try Family("")
        _ = family.startChild(isNested: false)
        family.stopParent()
        family.commit()
        #expect(family.parentHead?.summary.pendingTasks == 0)
        family.rig.settle()
        #expect(family.childStatus == .running)
    }

    @Test("A start by the task that has made it is answered with it, whatever has become of it")
    func again() throws {
        let family = try Family(".sync")
        let first = family.startChild()
        family.rig.settle()
        let child = try #require(family.rig.simulation.head(of: "kid", in: "child"))
        family.rig.simulation.send(.stop(Failure(error: nil)), to: child.execution)
        family.rig.settle()
        let second = family.startChild()
        family.rig.settle()
        #expect(second.success == first.success)
        let other = family.startChild(isNested: false)
        family.rig.settle()
        #expect(other.error?.code == "ExecutionAlreadyExists")
    }
}
