/// What a row of the triggers' store is about; the first byte of its key.
///
/// A number is never given to another kind: rows of a former life may have it.
package enum TriggerKind: UInt8, Sendable, Hashable, CaseIterable {
    /// The store's own: its format, and how far own status changes were followed.
    case meta = 1
    /// An event bus, by name.
    case eventBus = 2
    /// A rule, by bus and name.
    case rule = 3
    /// A target of a rule, by bus, rule and id.
    case target = 4
    /// What is to be delivered, by the time at which it is due.
    case delivery = 5
    /// What could not be delivered, by the time of that.
    case deadLetter = 6
    /// When a rule with a schedule expression is due, by name.
    case ruleDue = 7
    /// A group of schedules, by name.
    case scheduleGroup = 16
    /// A schedule, by group and name.
    case schedule = 17
    /// When a schedule is due, by time.
    case scheduleDue = 18
    /// An HTTP route, by id.
    case route = 19
    /// A key of callers of routes, by id.
    case apiKey = 20
}
