import StepwellEngine
import StepwellJSON
import StepwellTriggers

/// One action of EventBridge Scheduler's API: how it is asked for, what it may be asked, and what
/// it does.
struct SchedulerOperation: Sendable {
    /// The action's name in AWS's service model.
    let name: String
    let method: String
    let path: Path
    /// The members of its request, wherever in it they are.
    let shape: [MemberShape]
    /// Whether it changes something, which an audit log tells.
    let isChange: Bool
    /// Asks the scheduler; gives the members of the answer.
    let perform: @Sendable (RequestFields, Scheduler) async throws(ServiceError) -> JSONObject

    /// Where an action is asked for, and which member stands behind that in the path.
    enum Path: Sendable, Hashable {
        case schedules
        case schedule
        case groups
        case group
        case tags

        /// The name in front, and the member that is the rest of the path.
        var parts: (first: String, member: String?) {
            switch self {
            case .schedules: ("schedules", nil)
            case .schedule: ("schedules", "Name")
            case .groups: ("schedule-groups", nil)
            case .group: ("schedule-groups", "Name")
            case .tags: ("tags", "ResourceArn")
            }
        }
    }

    init(
        _ name: String,
        _ method: String,
        _ path: Path,
        isChange: Bool = true,
        _ shape: [MemberShape],
        perform:
            @escaping @Sendable (
                RequestFields, Scheduler
            ) async throws(ServiceError) -> JSONObject
    ) {
        self.name = name
        self.method = method
        self.path = path
        self.isChange = isChange
        self.shape = shape
        self.perform = perform
    }

    /// Every action, in the order of the service model.
    static let all: [SchedulerOperation] = [
        createSchedule, createScheduleGroup, deleteSchedule, deleteScheduleGroup, getSchedule,
        getScheduleGroup, listScheduleGroups, listSchedules, listTagsForResource, tagResource,
        untagResource, updateSchedule,
    ]

    /// Checks a request's members, and does what they ask.
    ///
    /// - Throws: `ServiceError`.
    func respond(
        to members: JSONObject,
        scheduler: Scheduler,
        tokens: PageTokens,
        unknownMembers: UnknownMembers
    ) async throws(ServiceError) -> JSONObject {
        let validator = RequestValidator(operation: name, lowersNames: true)
        try unknownMembers.check(members, shape, validator)
        return try await perform(RequestFields(members, tokens: tokens), scheduler)
    }
}
