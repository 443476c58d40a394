package import StepwellHistory

/// One armed timer.
package struct ArmedTimer: Sendable, Hashable {
    /// The ordinal of the record that armed it: its identity.
    package let ordinal: Ordinal
    package let due: Timestamp
    package let kind: TimerKind
    package let branch: BranchID
}

/// The timers that an execution has armed, ordered by due time and then by ordinal.
///
/// Most executions have one or two; a wide Map has many, so insertion is by binary search.
package struct TimerTable: Sendable {
    /// The latest due first, so that the earliest is taken from the end.
    private var timers: [ArmedTimer] = []

    package init() {}

    /// The timer that is due first.
    package var earliest: ArmedTimer? { timers.last }

    /// All timers, the latest due first.
    package var elements: [ArmedTimer] { timers }

    /// Arms a timer.
    package mutating func insert(_ timer: ArmedTimer) {
        var low = 0
        var high = timers.count
        while low < high {
            let middle = (low + high) / 2
            if Self.isLater(timers[middle], timer) { low = middle + 1 } else { high = middle }
        }
        timers.insert(timer, at: low)
    }

    /// The timer of an ordinal, when it is armed.
    package func timer(_ ordinal: Ordinal) -> ArmedTimer? {
        timers.last { $0.ordinal == ordinal }
    }

    /// Disarms a timer.
    package mutating func remove(_ ordinal: Ordinal) {
        if let place = timers.lastIndex(where: { $0.ordinal == ordinal }) {
            timers.remove(at: place)
        }
    }

    /// Disarms every timer for which `condition` holds.
    package mutating func removeAll(where condition: (ArmedTimer) -> Bool) {
        timers.removeAll(where: condition)
    }

    private static func isLater(_ left: ArmedTimer, _ right: ArmedTimer) -> Bool {
        left.due == right.due ? left.ordinal > right.ordinal : left.due > right.due
    }
}
