package import StepwellHistory
package import StepwellJSON

/// What is said of a schedule when it is created, or as a whole anew.
package struct ScheduleDefinition: Sendable, Hashable {
    package var expression: String
    /// The zone whose clocks `cron` and `at` speak of.
    package var zone: String
    package var target: ScheduleTarget
    /// Within how many minutes of its time the target is reached; nil: at once.
    package var windowMinutes: Int?
    package var start: Timestamp?
    package var end: Timestamp?
    package var isEnabled: Bool
    package var description: String?
    /// Whether the schedule goes when it will not be due again.
    package var isDeletedAfterCompletion: Bool
    package var catchUp: CatchUp

    /// Reads the members of a request of the API, which were checked against its model; nil when a
    /// required one is missing.
    ///
    /// `CatchUp` is a member of our own.
    package init?(_ json: JSONValue) {
        guard let expression = json["ScheduleExpression"]?.stringValue,
            let target = json["Target"].flatMap({ ScheduleTarget($0) })
        else { return nil }
        self.expression = expression
        self.target = target
        zone = json["ScheduleExpressionTimezone"]?.stringValue ?? "UTC"
        let window = json["FlexibleTimeWindow"]
        windowMinutes = window?["MaximumWindowInMinutes"]?.intValue
        start = Self.time(json["StartDate"])
        end = Self.time(json["EndDate"])
        isEnabled = json["State"]?.stringValue != "DISABLED"
        description = json["Description"]?.stringValue
        isDeletedAfterCompletion = json["ActionAfterCompletion"]?.stringValue == "DELETE"
        catchUp = json["CatchUp"]?.stringValue.flatMap { CatchUp(rawValue: $0) } ?? .last
    }

    /// The members as GetSchedule answers them.
    package var json: JSONObject {
        var members: JSONObject = [
            "ActionAfterCompletion": .string(isDeletedAfterCompletion ? "DELETE" : "NONE"),
            "CatchUp": .string(catchUp.rawValue),
        ]
        members["Description"] = description.map { .string($0) }
        members["EndDate"] = end.map { .number($0.epochSeconds) }
        var window: JSONObject = ["Mode": .string(windowMinutes == nil ? "OFF" : "FLEXIBLE")]
        window["MaximumWindowInMinutes"] = windowMinutes.map { .number(JSONNumber(Int64($0))) }
        members["FlexibleTimeWindow"] = .object(window)
        members["ScheduleExpression"] = .string(expression)
        members["ScheduleExpressionTimezone"] = .string(zone)
        members["StartDate"] = start.map { .number($0.epochSeconds) }
        members["State"] = .string(isEnabled ? "ENABLED" : "DISABLED")
        members["Target"] = .object(target.json)
        return members
    }

    /// Reads seconds since 1970, or a time of UTC like `2026-11-29T08:30:00Z`; nil when it is
    /// neither.
    package static func time(_ value: JSONValue?) -> Timestamp? {
        if let seconds = value?.doubleValue, abs(seconds) < 1e12 {
            return Timestamp(milliseconds: Int64((seconds * 1_000).rounded()))
        }
        guard let text = value?.stringValue, text.hasSuffix("Z") else { return nil }
        return CivilTime(text.dropLast()).map { Timestamp(milliseconds: $0.seconds * 1_000) }
    }
}
