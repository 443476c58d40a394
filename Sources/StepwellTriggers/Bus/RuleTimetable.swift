import StepwellEngine
import StepwellHistory
import StepwellJSON
import Synchronization

/// When rules with schedule expressions are due.
///
/// The next time of each is a row, which is committed together with what is delivered for the time
/// before, so that each time counts once. Of times that passed while nothing ran the last is made
/// up for.
final class RuleTimetable: TriggerComponent {
    private struct Entry: Sendable {
        let schedule: String
        let recurrence: Recurrence
        var due: Timestamp?
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let alarm = Alarm()
    private let clock: any EngineClock
    private let catalog: EventCatalog
    private let routing: EventRouting

    init(clock: any EngineClock, catalog: EventCatalog, routing: EventRouting) {
        self.clock = clock
        self.catalog = catalog
        self.routing = routing
    }

    /// Reads when rules are due; the catalog was loaded before.
    func load(from store: any TriggerStore) throws(StoreError) {
        var loaded: [String: Entry] = [:]
        for row in try store.allRows(of: .ruleDue) {
            guard let json = try? JSONParser.parse(row.value),
                let schedule = json["schedule"]?.stringValue,
                let anchor = json["anchor"]?.intValue,
                let expression = try? ScheduleExpression(schedule, dialect: .rule)
            else { continue }
            let due = (json["due"]?.intValue).map { Timestamp(milliseconds: Int64($0)) }
            loaded[String(decoding: row.key, as: UTF8.self)] = Entry(
                schedule: schedule,
                recurrence: Recurrence(
                    expression,
                    anchor: Timestamp(milliseconds: Int64(anchor))
                ),
                due: due
            )
        }
        entries.withLock { $0 = loaded }
        alarm.wake()
    }

    func committed(_ kinds: Set<TriggerKind>) {
        if kinds.contains(.ruleDue) { alarm.wake() }
    }

    /// Takes account of changed rules.
    func adjust(_ batch: inout TriggerBatch) {
        let now = clock.now()
        for (name, schedule) in catalog.takeRescheduled() {
            guard let schedule,
                let expression = try? ScheduleExpression(schedule, dialect: .rule)
            else {
                batch.delete(.ruleDue, key: Array(name.utf8))
                entries.withLock { $0[name] = nil }
                continue
            }
            var anchor = now
            // The first time of a rate is one period after it was set.
            if case .rate(let seconds) = expression {
                anchor = now.advanced(byMilliseconds: seconds * 1_000)
            }
            let recurrence = Recurrence(expression, anchor: anchor)
            let due = recurrence.next(after: now)
            put(name, Entry(schedule: schedule, recurrence: recurrence, due: due), &batch)
        }
    }

    private func put(_ name: String, _ entry: Entry, _ batch: inout TriggerBatch) {
        var members: JSONObject = [
            "schedule": .string(entry.schedule),
            "anchor": .number(JSONNumber(entry.recurrence.anchor.milliseconds)),
        ]
        members["due"] = entry.due.map { .number(JSONNumber($0.milliseconds)) }
        let value = JSONWriter.write(.object(members))
        batch.put(TriggerRow(.ruleDue, key: Array(name.utf8), value: value))
        entries.withLock { $0[name] = entry }
    }

    /// Begins to look at the clock.
    func start(_ ledger: TriggerLedger) {
        alarm.start("stepwell-rules", clock: clock) { [self] in
            let due = entries.withLock { $0.values.compactMap(\.due).min() }
            guard let due, due <= clock.now() else { return due }
            Task {
                do throws(ServiceError) {
                    try await ledger.commit { [self] batch in fire(&batch) }
                } catch {
                    try? await Task.sleep(for: .seconds(1))
                    alarm.wake()
                }
            }
            // The commit wakes it.
            return nil
        }
    }

    /// Looks at the clock no more.
    func close() { alarm.close() }

    /// Delivers what is due.
    private func fire(_ batch: inout TriggerBatch) {
        let now = clock.now()
        let due = entries.withLock { $0 }.filter { $0.value.due.map { $0 <= now } ?? false }
        for name in due.keys.sorted() {
            guard var entry = due[name], let first = entry.due else { continue }
            let before = first.advanced(byMilliseconds: -1)
            let time = entry.recurrence.last(after: before, notAfter: now) ?? first
            if let state = try? catalog.rule(name, of: EventBus.defaultName) {
                routing.route(due: event(of: state.rule, at: time, now), of: state, &batch)
            }
            entry.due = entry.recurrence.next(after: now)
            put(name, entry, &batch)
        }
    }

    private func event(of rule: Rule, at time: Timestamp, _ now: Timestamp) -> AcceptedEvent {
        let arn = routing.settings.arn(rule.resource)
        return AcceptedEvent(
            [
                "version": "0",
                "id": .string(DeliveryID.uuid(of: [arn, String(time.milliseconds)])),
                "detail-type": "Scheduled Event", "source": "aws.events",
                "account": .string(routing.settings.account),
                "time": .string(time.rfc3339Seconds), "region": .string(routing.settings.region),
                "resources": [.string(arn)], "detail": [:],
            ],
            received: now
        )
    }
}
