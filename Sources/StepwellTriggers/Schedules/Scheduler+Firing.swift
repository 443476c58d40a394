import Logging
import StepwellEngine
import StepwellHistory
import StepwellJSON

extension Scheduler {
    /// Goes on with schedules that are due; says how many there were.
    func fire(
        at now: Timestamp,
        atMost limit: Int,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) -> Int {
        let rows = try batch.durableRows(of: .scheduleDue, from: [], limit: limit)
        let due = rows.prefix { row in TriggerKey.time(of: row.key).map { $0 <= now } ?? true }
        for row in due { try fire(row.key, at: now, &batch) }
        return due.count
    }

    private func fire(
        _ key: [UInt8],
        at now: Timestamp,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) {
        // What was changed by a decision before in the same batch is no longer due then.
        guard try batch.value(of: .scheduleDue, key: key) != nil else { return }
        var found: Schedule?
        if let name = Schedule.name(inDueKey: key) { found = try schedule(name, &batch) }
        // From here on nothing fails: what is changed is changed as a whole.
        batch.delete(.scheduleDue, key: key)
        guard let schedule = found, schedule.dueKey == key else {
            return logger.error("schedules: a time without a schedule is skipped")
        }
        goOn(with: schedule, at: now, &batch)
    }

    private func goOn(with schedule: Schedule, at now: Timestamp, _ batch: inout TriggerBatch) {
        var schedule = schedule
        let name = schedule.name
        let recurrence: Recurrence
        do throws(ServiceError) {
            recurrence = try rules.recurrence(schedule.definition, anchor: schedule.anchor)
        } catch {
            logger.error("schedule \(rules.arn(of: name)) waits a minute: \(error.message)")
            schedule.next?.due = now.advanced(byMilliseconds: 60_000)
            return put(schedule, &batch)
        }
        if !isPutOff(schedule, by: recurrence, at: now) {
            let turn = schedule.turn(at: now, by: recurrence)
            if turn.hasLeftOut {
                logger.warning(
                    "schedule \(rules.arn(of: name)): missed times are skipped"
                )
            }
            ScheduleMetrics.shared.counted(turn)
            if let time = turn.delivered { deliver(schedule, time, &batch) }
        }
        schedule.plan(by: recurrence, at: now, random: random)
        if schedule.next == nil, schedule.definition.isDeletedAfterCompletion {
            return batch.delete(.schedule, key: name.key)
        }
        put(schedule, &batch)
    }

    /// Whether the zone's rules have changed since the time was planned, so that it is later now.
    private func isPutOff(
        _ schedule: Schedule,
        by recurrence: Recurrence,
        at now: Timestamp
    ) -> Bool {
        guard let planned = schedule.next?.time,
            let time = recurrence.next(after: schedule.cursor)
        else { return false }
        return time > planned && time > now
    }

    /// Writes a schedule, and when it is due.
    func put(_ schedule: Schedule, _ batch: inout TriggerBatch) {
        batch.put(schedule.row)
        if let key = schedule.dueKey { batch.put(TriggerRow(.scheduleDue, key: key, value: [])) }
    }

    /// A random number for a flexible window.
    func random() -> UInt64 {
        entropy.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func deliver(
        _ schedule: Schedule,
        _ time: Timestamp,
        _ batch: inout TriggerBatch
    ) {
        let arn = rules.arn(of: schedule.name)
        let target = schedule.definition.target
        let reached: ScheduleRules.Reached
        do throws(ServiceError) {
            reached = try rules.target(target)
        } catch {
            return logger.error("schedule \(arn): \(error.message)")
        }
        let id = schedule.deliveryID(of: time, arn: arn)
        let input = ScheduleInput(
            scheduleARN: arn,
            region: rules.region,
            account: rules.account,
            time: time,
            id: String(id.prefix(36))
        )
        let text = reached.input.map { input.filled($0) } ?? JSONWriter.string(input.notice)
        var delivery = Delivery(
            id: id,
            target: DeliveryTarget(arn: reached.arn, roleARN: target.roleARN),
            input: Array(text.utf8),
            cause: arn,
            // A flexible window is no delay that the retry policy speaks of.
            time: schedule.next.map { $0.time == time ? $0.due : time } ?? time
        )
        if reached.isEventBus, let event = target.event {
            let detail = (try? JSONParser.parse(Array(text.utf8))) ?? .object([:])
            let whole = input.event(type: event.detailType, source: event.source, detail: detail)
            delivery.target.event = JSONWriter.write(whole)
        }
        delivery.retryPolicy = target.retryPolicy
        delivery.deadLetterARN = target.deadLetterARN
        batch.deliver(delivery)
    }
}
