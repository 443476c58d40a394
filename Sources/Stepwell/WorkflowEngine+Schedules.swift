import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

extension WorkflowEngine {
    /// The group that schedules are in whose makers name none.
    private static let group = "default"

    /// Creates a schedule, or gives the one of that name what is said now.
    ///
    /// A schedule is kept in the directory, and each of its times starts one execution, whenever
    /// the process ends. One that is said again as it is goes on from where it is.
    ///
    /// - Throws: ``StepwellError`` `ValidationException` for an expression, zone or state machine
    ///   that cannot be; `ConflictException` when a configuration file of the server defines it.
    public func putSchedule(_ name: String, _ schedule: WorkflowSchedule) async throws {
        let scheduler = try triggers().scheduler
        let key = Schedule.Name(group: Self.group, name: name)
        let definition = try definition(of: schedule)
        do {
            _ = try await scheduler.update(key, definition, clientToken: nil)
        } catch let error where error.code == "ResourceNotFoundException" {
            _ = try await scheduler.create(key, definition, clientToken: nil)
        }
    }

    /// What is known of a schedule.
    ///
    /// - Throws: ``StepwellError`` `ResourceNotFoundException`.
    public func describeSchedule(_ name: String) async throws -> ScheduleDescription {
        let key = Schedule.Name(group: Self.group, name: name)
        return ScheduleDescription(try triggers().scheduler.schedule(key))
    }

    /// Every schedule, in order of the names.
    public var schedules: Listing<ScheduleDescription> {
        Listing { [self] place in
            let page = try triggers().scheduler.list(
                Scheduler.Filter(group: Self.group),
                from: place as? [UInt8],
                limit: 1_000
            )
            return Listing.Page(items: page.items.map(ScheduleDescription.init), next: page.next)
        }
    }

    /// Deletes a schedule; what it started goes on.
    ///
    /// - Throws: ``StepwellError`` `ResourceNotFoundException`.
    public func deleteSchedule(_ name: String) async throws {
        try await triggers().scheduler.delete(Schedule.Name(group: Self.group, name: name))
    }

    private func definition(of schedule: WorkflowSchedule) throws -> ScheduleDefinition {
        var members: JSONObject = [
            "ScheduleExpression": .string(schedule.expression),
            "ScheduleExpressionTimezone": .string(schedule.timeZone),
            "State": .string(schedule.isEnabled ? "ENABLED" : "DISABLED"),
            "CatchUp": .string(schedule.catchUp.rawValue),
            "Target": [
                "Arn": .string(stateMachineARN(schedule.stateMachine)),
                "RoleArn": .string(defaultRole),
                "Input": .string(JSONWriter.string(schedule.input)),
            ],
        ]
        members["Description"] = schedule.description.map { .string($0) }
        guard var definition = ScheduleDefinition(.object(members)) else {
            throw StepwellError(code: .validation, message: "The schedule is incomplete.")
        }
        definition.start = schedule.start
        definition.end = schedule.end
        return definition
    }
}
