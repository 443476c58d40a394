package import StepwellEngine

/// Wakes the scheduler when a schedule was changed: the component of the ledger that stands for it.
package final class ScheduleBell: TriggerComponent {
    let alarm = Alarm()

    package init() {}

    /// Nothing of schedules is in memory.
    package func load(from store: any TriggerStore) throws(StoreError) {}

    /// Has the scheduler look when something is due at another time.
    package func committed(_ kinds: Set<TriggerKind>) {
        if kinds.contains(.scheduleDue) { alarm.wake() }
    }
}
