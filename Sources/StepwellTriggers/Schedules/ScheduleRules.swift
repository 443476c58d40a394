package import StepwellEngine
import StepwellHistory
import StepwellJSON

/// What schedules have to be like, and what follows from them: expressions read, zones found,
/// targets known.
package struct ScheduleRules: Sendable {
    package let zones: ZoneLibrary
    package let region: String
    package let account: String

    /// The rules of a server; zones are this machine's.
    package init(region: String, account: String, zones: ZoneLibrary = ZoneLibrary()) {
        self.region = region
        self.account = account
        self.zones = zones
    }

    /// The partition that the region is in.
    package var partition: Partition { .of(region) }

    /// The longest input of a target, in bytes (EventBridge Scheduler's quotas).
    static let longestInput = 262_144

    /// The ARN of a schedule.
    package func arn(of name: Schedule.Name) -> String {
        partition.arn(
            "scheduler",
            region: region,
            account: account,
            "schedule/\(name.group)/\(name.name)"
        )
    }

    /// The ARN of a group.
    package func arn(ofGroup name: String) -> String {
        partition.arn(
            "scheduler",
            region: region,
            account: account,
            "schedule-group/\(name)"
        )
    }

    /// Checks what is said of a schedule.
    ///
    /// - Throws: `ValidationException` with the first thing that is wrong.
    package func check(_ definition: ScheduleDefinition) throws(ServiceError) {
        _ = try recurrence(definition, anchor: Timestamp(milliseconds: 0))
        if let start = definition.start, let end = definition.end, end <= start {
            throw .notValid("The EndDate must be later than the StartDate.")
        }
        try check(definition.target)
    }

    /// When a schedule is due.
    ///
    /// - Throws: `ValidationException` when its expression or zone is not valid.
    func recurrence(
        _ definition: ScheduleDefinition,
        anchor: Timestamp
    ) throws(ServiceError) -> Recurrence {
        let expression: ScheduleExpression
        do throws(ScheduleExpressionError) {
            expression = try ScheduleExpression(definition.expression)
        } catch {
            throw .notValid(error.description)
        }
        let zone: TimeZoneRules
        do throws(ZoneError) {
            zone = try zones.zone(definition.zone)
        } catch {
            throw .notValid("Invalid ScheduleExpressionTimezone. \(error)")
        }
        if case .at(let clock) = expression, zone.instants(of: clock).isEmpty {
            throw .notValid(
                "Invalid Schedule Expression \(definition.expression). Clocks in "
                    + "\(definition.zone) do not show that time: they are set over it."
            )
        }
        return Recurrence(
            expression,
            zone: zone,
            anchor: anchor,
            start: definition.start,
            end: definition.end
        )
    }

    private func check(_ target: ScheduleTarget) throws(ServiceError) {
        if let input = target.input, input.utf8.count > Self.longestInput {
            throw .notValid("The Input of a target has at most \(Self.longestInput) bytes.")
        }
        let delivered = try self.target(target)
        guard let input = delivered.input, target.event != nil || !delivered.isEventBus else {
            if delivered.isEventBus, target.event == nil {
                throw .notValid("EventBridgeParameters are required for the target \(target.arn).")
            }
            return
        }
        do throws(JSONParseError) {
            _ = try JSONParser.parse(Array(ScheduleInput.sample(input).utf8))
        } catch {
            throw .notValid(
                "The Input of the target \(target.arn) is not JSON: \(error.reason) (line "
                    + "\(error.line), column \(error.column))."
            )
        }
    }

    /// What is reached in the end.
    struct Reached: Sendable {
        var arn: String
        var input: String?
        var isEventBus = false
    }

    private var universal: String { partition.arn("scheduler", "aws-sdk:sfn:startExecution") }

    /// What a target names: a state machine, version or alias, an event bus, or the call
    /// `sfn:startExecution`, whose input names the state machine.
    func target(_ target: ScheduleTarget) throws(ServiceError) -> Reached {
        if target.arn == universal { return try universal(target) }
        let parts = target.arn.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count >= 6, parts[0] == "arn", parts[1] == partition.name,
            parts[4] == account, parts[3] == region
        {
            if parts[2] == "states", parts[5] == "stateMachine", (7...8).contains(parts.count),
                !parts[6].isEmpty
            {
                return Reached(arn: target.arn, input: target.input)
            }
            if parts[2] == "events", parts.count == 6, parts[5].hasPrefix("event-bus/") {
                return Reached(arn: target.arn, input: target.input, isEventBus: true)
            }
        }
        throw .notValid(
            "The target \(target.arn) is not supported by this server: targets are state machines "
                + "and event buses of the account \(account) in \(region), and \(universal)."
        )
    }

    private func universal(_ target: ScheduleTarget) throws(ServiceError) -> Reached {
        let input = (target.input).flatMap { try? JSONParser.parse(Array($0.utf8)) }
        guard case .object(let members)? = input,
            let arn = members["StateMachineArn"]?.stringValue
        else {
            throw .notValid("The Input of \(target.arn) must be an object with StateMachineArn.")
        }
        for key in members.keys where !["StateMachineArn", "Input"].contains(key) {
            throw .notValid(
                "The member \(key) of the Input of \(target.arn) is not supported by this server: "
                    + "executions of a schedule are named by it."
            )
        }
        var inner = target
        inner.arn = arn
        inner.input = members["Input"]?.stringValue ?? "{}"
        guard arn != universal else { throw .notValid("\(arn) is not a state machine.") }
        return try self.target(inner)
    }
}
