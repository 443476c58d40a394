package import StepwellHistory

/// How the clocks of a zone go: how far they are ahead of UTC, and when that changes.
///
/// Rules of the years to come are laid out as changes up to the year 2200, after which no
/// expression is due, so that one table answers everything.
package struct TimeZoneRules: Sendable, Hashable {
    /// A change of the clocks.
    package struct Change: Sendable, Hashable {
        /// When, in seconds since 1970-01-01T00:00:00Z.
        package let time: Int64
        /// How far clocks are ahead of UTC from then on, in seconds.
        package let offset: Int64
    }

    /// The zone's name: `Europe/Berlin`.
    package let name: String
    /// The offset before the first change.
    let firstOffset: Int64
    /// In the order of time.
    let changes: [Change]

    package init(name: String, firstOffset: Int64 = 0, changes: [Change] = []) {
        self.name = name
        self.firstOffset = firstOffset
        self.changes = changes
    }

    /// The zone that never changes its clocks.
    package static let utc = TimeZoneRules(name: "UTC")

    /// The last year whose changes are known.
    static let lastYear = 2_200

    /// What clocks show at a time.
    package func clock(at time: Timestamp) -> CivilTime {
        let seconds = Self.seconds(time)
        return CivilTime(seconds: seconds + offset(at: seconds))
    }

    /// How far clocks are ahead of UTC at a time, in seconds.
    package func offset(at time: Timestamp) -> Int64 { offset(at: Self.seconds(time)) }

    /// The times at which clocks show something: none when they skip it, two when they are set
    /// back over it; in order.
    package func instants(of clock: CivilTime) -> [Timestamp] {
        let local = clock.seconds
        // No clock is further from UTC than a day, nor set by more.
        let (from, to) = (local - 2 * 86_400, local + 2 * 86_400)
        var offsets: Set = [offset(at: from)]
        var index = firstChange(after: from)
        while index < changes.count, changes[index].time <= to {
            offsets.insert(changes[index].offset)
            index += 1
        }
        return offsets.map { local - $0 }
            .filter { $0 + offset(at: $0) == local }
            .sorted()
            .map { Timestamp(milliseconds: $0 * 1_000) }
    }

    /// The latest that clocks have shown up to a time: what they show then, unless they were set
    /// back and have not come again to where they were.
    func latestClock(notAfter time: Timestamp) -> CivilTime {
        let seconds = Self.seconds(time)
        var latest = seconds + offset(at: seconds)
        var index = firstChange(after: seconds) - 1
        while index >= 0, changes[index].time > seconds - 2 * 86_400 {
            // A second before they were set.
            latest = max(latest, changes[index].time - 1 + offset(at: changes[index].time - 1))
            index -= 1
        }
        return CivilTime(seconds: latest)
    }

    private static func seconds(_ time: Timestamp) -> Int64 {
        time.milliseconds.flooredDivision(by: 1_000).quotient
    }

    private func offset(at seconds: Int64) -> Int64 {
        let next = firstChange(after: seconds)
        return next == 0 ? firstOffset : changes[next - 1].offset
    }

    /// The place of the first change after a time.
    private func firstChange(after seconds: Int64) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].time <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
