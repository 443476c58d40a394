import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

extension SchedulerOperation {
    /// Creates a group.
    static let createScheduleGroup = SchedulerOperation(
        "CreateScheduleGroup",
        "POST",
        .group,
        [
            .optional("ClientToken", .schedulerToken), .required("Name", .scheduleName),
            .optional("Tags", .schedulerTags),
        ]
    ) { fields, scheduler throws(ServiceError) in
        let arn = try await scheduler.createGroup(
            fields.required("Name"),
            tags: fields.schedulerTags,
            clientToken: fields.string("ClientToken")
        )
        return ["ScheduleGroupArn": .string(arn)]
    }

    /// Deletes a group with its schedules.
    static let deleteScheduleGroup = SchedulerOperation(
        "DeleteScheduleGroup",
        "DELETE",
        .group,
        [.optional("ClientToken", .schedulerToken), .required("Name", .scheduleName)]
    ) { fields, scheduler throws(ServiceError) in
        try await scheduler.deleteGroup(fields.required("Name"))
        return [:]
    }

    /// Says everything of a group.
    static let getScheduleGroup = SchedulerOperation(
        "GetScheduleGroup",
        "GET",
        .group,
        isChange: false,
        [.required("Name", .scheduleName)]
    ) { fields, scheduler throws(ServiceError) in
        members(of: try scheduler.existingGroup(fields.required("Name")), scheduler)
    }

    /// Lists groups.
    static let listScheduleGroups = SchedulerOperation(
        "ListScheduleGroups",
        "GET",
        .groups,
        isChange: false,
        [
            .optional("MaxResults", .schedulerPage), .optional("NamePrefix", .scheduleName),
            .optional("NextToken", .schedulerPageToken),
        ]
    ) { fields, scheduler throws(ServiceError) in
        let prefix = fields.string("NamePrefix") ?? ""
        let listing = ["ListScheduleGroups", prefix]
        let page = try scheduler.listGroups(
            namePrefix: prefix,
            from: try fields.pageStart(of: listing),
            limit: fields.integer("MaxResults") ?? 100
        )
        var answer: JSONObject = [
            "ScheduleGroups": .array(page.items.map { .object(members(of: $0, scheduler)) })
        ]
        answer["NextToken"] = fields.pageToken(page.next, of: listing)
        return answer
    }

    /// The tags of a group.
    static let listTagsForResource = SchedulerOperation(
        "ListTagsForResource",
        "GET",
        .tags,
        isChange: false,
        [.required("ResourceArn", .scheduleGroupARN)]
    ) { fields, scheduler throws(ServiceError) in
        let group = try scheduler.existingGroup(try fields.groupName(scheduler))
        return [
            "Tags": .array(
                group.tags.map { ["Key": .string($0.key), "Value": .string($0.value)] }
            )
        ]
    }

    /// Sets tags of a group.
    static let tagResource = SchedulerOperation(
        "TagResource",
        "POST",
        .tags,
        [.required("ResourceArn", .scheduleGroupARN), .required("Tags", .schedulerTags)]
    ) { fields, scheduler throws(ServiceError) in
        let name = try fields.groupName(scheduler)
        try await scheduler.tagGroup(name, setting: fields.schedulerTags, removing: [])
        return [:]
    }

    /// Removes tags of a group.
    static let untagResource = SchedulerOperation(
        "UntagResource",
        "DELETE",
        .tags,
        [
            .required("ResourceArn", .scheduleGroupARN),
            .required("TagKeys", .list(of: .string(1...128), count: 0...200)),
        ]
    ) { fields, scheduler throws(ServiceError) in
        let name = try fields.groupName(scheduler)
        try await scheduler.tagGroup(name, setting: [], removing: fields.strings("TagKeys"))
        return [:]
    }

    private static func members(of group: ScheduleGroup, _ scheduler: Scheduler) -> JSONObject {
        [
            "Arn": .string(scheduler.rules.arn(ofGroup: group.name)),
            "CreationDate": .number(group.created.epochSeconds),
            "LastModificationDate": .number(group.modified.epochSeconds),
            "Name": .string(group.name),
            "State": .string(group.isDeleting ? "DELETING" : "ACTIVE"),
        ]
    }
}

extension Scheduler {
    /// A group that there has to be.
    fileprivate func existingGroup(_ name: String) throws(ServiceError) -> ScheduleGroup {
        guard let group = try group(name) else { throw .scheduleGroupNotFound(name) }
        return group
    }
}

extension RequestFields {
    fileprivate var schedulerTags: [ResourceTag] {
        structures("Tags").map {
            ResourceTag(key: $0.required("Key"), value: $0.required("Value"))
        }
    }

    /// The group that an ARN names.
    fileprivate func groupName(_ scheduler: Scheduler) throws(ServiceError) -> String {
        let arn = required("ResourceArn")
        let name = arn.split(separator: "/", maxSplits: 1).last.map(String.init) ?? ""
        guard arn == scheduler.rules.arn(ofGroup: name) else {
            throw ServiceError(
                code: "ResourceNotFoundException",
                message: "The resource \(arn) does not exist."
            )
        }
        return name
    }
}
