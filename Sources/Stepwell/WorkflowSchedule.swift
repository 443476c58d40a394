public import StepwellHistory
public import StepwellJSON
import StepwellTriggers

/// When executions of a state machine are started by themselves.
public struct WorkflowSchedule: Sendable {
    /// What becomes of times at which a schedule was due while nothing ran.
    public enum CatchUp: String, Sendable, Hashable {
        /// They are left out.
        case none
        /// The last of them is made up for, the others are left out.
        case last
        /// All are made up for, but those older than a day.
        case all
    }

    /// The times: `cron(0 3 * * ? *)`, `rate(5 minutes)` or `at(2026-12-24T18:00:00)`, as
    /// EventBridge Scheduler has them.
    public var expression: String
    /// The zone whose clocks `cron` and `at` speak of (`Europe/Berlin`).
    public var timeZone: String
    /// The name of the state machine that is started, or the ARN of it, a version or an alias.
    public var stateMachine: String
    /// What each execution is given.
    public var input: JSONValue
    /// Whether it is due at all.
    public var isEnabled = true
    /// What becomes of times at which nothing ran.
    public var catchUp = CatchUp.last
    /// For people.
    public var description: String?
    /// Nothing is due before.
    public var start: Timestamp?
    /// Nothing is due after.
    public var end: Timestamp?

    /// A schedule.
    public init(
        _ expression: String,
        timeZone: String = "UTC",
        starts stateMachine: String,
        input: JSONValue = [:]
    ) {
        self.expression = expression
        self.timeZone = timeZone
        self.stateMachine = stateMachine
        self.input = input
    }
}

/// A schedule that is kept.
public struct ScheduleDescription: Sendable {
    /// Its name.
    public let name: String
    /// What was said of it; the state machine by its ARN.
    public let schedule: WorkflowSchedule
    /// When it is due next; nil when it is not.
    public let nextDate: Timestamp?
    /// When it was created.
    public let creationDate: Timestamp
    /// When it was last changed.
    public let updateDate: Timestamp

    init(_ kept: Schedule) {
        let said = kept.definition
        name = kept.name.name
        var schedule = WorkflowSchedule(
            said.expression,
            timeZone: said.zone,
            starts: said.target.arn,
            input: said.target.input.flatMap { try? JSONValue(parsing: $0) } ?? .null
        )
        schedule.isEnabled = said.isEnabled
        schedule.catchUp = WorkflowSchedule.CatchUp(rawValue: said.catchUp.rawValue) ?? .last
        schedule.description = said.description
        schedule.start = said.start
        schedule.end = said.end
        self.schedule = schedule
        nextDate = kept.next?.time
        creationDate = kept.created
        updateDate = kept.modified
    }
}
