import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

extension SchedulerOperation {
    private static let definition: [MemberShape] = [
        .optional("ActionAfterCompletion", .oneOf("NONE", "DELETE")),
        // Not AWS's: what becomes of times that were missed.
        .optional("CatchUp", .oneOf("none", "last", "all")),
        .optional("ClientToken", .schedulerToken),
        .optional("Description", .string(0...512)),
        .optional("EndDate", .time),
        .required("FlexibleTimeWindow", .flexibleTimeWindow),
        .optional("GroupName", .scheduleName),
        .unsupported("KmsKeyArn", .string(1...2_048)),
        .required("Name", .scheduleName),
        .required("ScheduleExpression", .string(1...256)),
        .optional("ScheduleExpressionTimezone", .string(1...50)),
        .optional("StartDate", .time),
        .optional("State", .scheduleState),
        .required("Target", .scheduleTarget),
    ]

    /// Creates a schedule.
    static let createSchedule = SchedulerOperation(
        "CreateSchedule",
        "POST",
        .schedule,
        definition
    ) { fields, scheduler throws(ServiceError) in
        let arn = try await scheduler.create(
            fields.scheduleName,
            try fields.scheduleDefinition(),
            clientToken: fields.string("ClientToken")
        )
        return ["ScheduleArn": .string(arn)]
    }

    /// Says all of a schedule anew.
    static let updateSchedule = SchedulerOperation(
        "UpdateSchedule",
        "PUT",
        .schedule,
        definition
    ) { fields, scheduler throws(ServiceError) in
        let arn = try await scheduler.update(
            fields.scheduleName,
            try fields.scheduleDefinition(),
            clientToken: fields.string("ClientToken")
        )
        return ["ScheduleArn": .string(arn)]
    }

    /// Deletes a schedule.
    static let deleteSchedule = SchedulerOperation(
        "DeleteSchedule",
        "DELETE",
        .schedule,
        [
            .optional("ClientToken", .schedulerToken), .optional("GroupName", .scheduleName),
            .required("Name", .scheduleName),
        ]
    ) { fields, scheduler throws(ServiceError) in
        try await scheduler.delete(fields.scheduleName)
        return [:]
    }

    /// Says everything of a schedule; also when it is due next, which AWS does not.
    static let getSchedule = SchedulerOperation(
        "GetSchedule",
        "GET",
        .schedule,
        isChange: false,
        [.optional("GroupName", .scheduleName), .required("Name", .scheduleName)]
    ) { fields, scheduler throws(ServiceError) in
        let schedule = try scheduler.schedule(fields.scheduleName)
        var members: JSONObject = schedule.definition.json
        members["Arn"] = .string(scheduler.rules.arn(of: schedule.name))
        members["CreationDate"] = .number(schedule.created.epochSeconds)
        members["GroupName"] = .string(schedule.name.group)
        members["LastModificationDate"] = .number(schedule.modified.epochSeconds)
        members["Name"] = .string(schedule.name.name)
        members["NextInvocationDate"] = schedule.next.map { .number($0.due.epochSeconds) }
        members["IsFromFile"] = schedule.isFromFile ? true : nil
        return members
    }

    /// Lists schedules.
    static let listSchedules = SchedulerOperation(
        "ListSchedules",
        "GET",
        .schedules,
        isChange: false,
        [
            .optional("GroupName", .scheduleName), .optional("MaxResults", .schedulerPage),
            .optional("NamePrefix", .scheduleName), .optional("NextToken", .schedulerPageToken),
            .optional("State", .scheduleState),
        ]
    ) { fields, scheduler throws(ServiceError) in
        let filter = Scheduler.Filter(
            group: fields.string("GroupName"),
            namePrefix: fields.string("NamePrefix") ?? "",
            isEnabled: fields.string("State").map { $0 == "ENABLED" }
        )
        let listing = [
            "ListSchedules", filter.group ?? "", filter.namePrefix, fields.string("State") ?? "",
        ]
        let page = try scheduler.list(
            filter,
            from: try fields.pageStart(of: listing),
            limit: fields.integer("MaxResults") ?? 100
        )
        var members: JSONObject = [
            "Schedules": .array(page.items.map { .object(summary(of: $0, scheduler)) })
        ]
        members["NextToken"] = fields.pageToken(page.next, of: listing)
        return members
    }

    private static func summary(of schedule: Schedule, _ scheduler: Scheduler) -> JSONObject {
        var members: JSONObject = [
            "Arn": .string(scheduler.rules.arn(of: schedule.name)),
            "CreationDate": .number(schedule.created.epochSeconds),
            "GroupName": .string(schedule.name.group),
            "LastModificationDate": .number(schedule.modified.epochSeconds),
            "Name": .string(schedule.name.name),
            "State": .string(schedule.definition.isEnabled ? "ENABLED" : "DISABLED"),
            "Target": ["Arn": .string(schedule.definition.target.arn)],
        ]
        // What AWS's summaries have not, for whoever shows a list.
        members["ScheduleExpression"] = .string(schedule.definition.expression)
        members["ScheduleExpressionTimezone"] = .string(schedule.definition.zone)
        members["NextInvocationDate"] = schedule.next.map { .number($0.due.epochSeconds) }
        members["IsFromFile"] = schedule.isFromFile ? true : nil
        return members
    }
}

extension RequestFields {
    /// The names of a schedule.
    fileprivate var scheduleName: Schedule.Name {
        Schedule.Name(
            group: string("GroupName") ?? ScheduleGroup.defaultName,
            name: required("Name")
        )
    }

    /// What is said of a schedule.
    fileprivate func scheduleDefinition() throws(ServiceError) -> ScheduleDefinition {
        let window = structure("FlexibleTimeWindow")
        let isFlexible = window?.string("Mode") == "FLEXIBLE"
        guard isFlexible == (window?.integer("MaximumWindowInMinutes") != nil) else {
            throw .notValid(
                isFlexible
                    ? "A FlexibleTimeWindow of the mode FLEXIBLE has MaximumWindowInMinutes."
                    : "A FlexibleTimeWindow of the mode OFF has no MaximumWindowInMinutes."
            )
        }
        guard let definition = ScheduleDefinition(.object(members)) else {
            throw .notValid("ScheduleExpression and Target are required.")
        }
        return definition
    }

    /// Where a page of a listing begins; nil is the beginning.
    func pageStart(of listing: [String]) throws(ServiceError) -> [UInt8]? {
        guard let token = string("NextToken"), let tokens else { return nil }
        do throws(ServiceError) {
            return Base64URL.decode(try tokens.open(token, of: listing))
        } catch {
            throw .notValid("Invalid NextToken. \(error.message)")
        }
    }

    /// The token of the page that begins with a key.
    func pageToken(_ key: [UInt8]?, of listing: [String]) -> JSONValue? {
        guard let key, let tokens else { return nil }
        return .string(tokens.seal(Base64URL.encode(key), of: listing))
    }
}
