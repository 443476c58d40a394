import StepwellHistory
import StepwellJSON

/// One record of a log for people and machines: its place, what kind it is and what it says.
enum RecordDocument {
    /// The record as a JSON object: `{ordinal, branch, kind, type, …}`; an event in the API's form.
    static func object(for record: Record) -> JSONObject {
        var object = JSONObject([
            ("ordinal", .number(JSONNumber(Int64(clamping: record.ordinal.rawValue)))),
            ("branch", .number(JSONNumber(Int64(record.branch.rawValue)))),
        ])
        switch record.body {
        case .event(let event):
            object["kind"] = "event"
            object["type"] = event.body.type.map { .string($0.rawValue) }
            object["event"] = .object(EventJSON.object(for: event, includeExecutionData: true))
        case .input(let input):
            object["kind"] = "input"
            object["type"] = .string(name(of: input))
        case .engine(let engine):
            object["kind"] = "engine"
            object["type"] = .string(name(of: engine))
            add(engine, to: &object)
        }
        return object
    }

    /// The name of an enumeration's case.
    private static func name<Value>(of value: Value) -> String {
        Mirror(reflecting: value).children.first?.label ?? "\(value)"
    }

    private static func add(_ engine: EngineRecord, to object: inout JSONObject) {
        func number(_ key: String, _ value: Int?) {
            object[key] = value.map { .number(JSONNumber(Int64($0))) }
        }
        switch engine {
        case .timerArmed(let kind, let due):
            object["timer"] = .string("\(kind)")
            object["due"] = .string(due.rfc3339)
        case .retryScheduled(let retrier, let attempt, let delay, let due):
            number("retrier", retrier)
            number("attempt", attempt)
            number("delayMilliseconds", Int(clamping: delay))
            object["due"] = .string(due.rfc3339)
        case .catcherMatched(let index): number("catcher", index)
        case .ruleMatched(let index): number("rule", index)
        case .stateFailed(let failure, _):
            object["error"] = failure.error.map { .string($0) }
            object["cause"] = failure.cause.map { .string($0) }
        case .itemsResolved(_, let maxConcurrency): number("maxConcurrency", maxConcurrency)
        case .childScheduled(let index, _), .childRedriven(let index),
            .batchScheduled(let index, _, _):
            number("index", index)
        case .taskRedelivered(let count, _): number("deliveries", count)
        case .activityAbsent(let arn): object["resource"] = .string(arn)
        case .handlerAbsent(let resource, _): object["resource"] = .string(resource)
        case .semanticsRaised(let revision): number("semantics", Int(revision))
        case .tokenMinted, .randomDrawn, .branchFailed, .activitiesExhausted, .mapRunPrepared,
            .mapRunConfigured, .resultsDue:
            break
        }
    }
}
