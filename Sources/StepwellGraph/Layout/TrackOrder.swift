/// Puts the lines that run along a layer into rows: so that few cross, and so that none lies on
/// another.
struct TrackOrder {
    private let tracks: [Track]
    /// For each track, those that had better be below it, and how much that matters.
    private var below: [[(track: Int, weight: Int)]]
    private(set) var work = 0

    /// What it costs when lines lie on each other, against one crossing.
    private static let overlap = 1_000

    init(_ tracks: [Track]) {
        self.tracks = tracks
        below = Array(repeating: [], count: tracks.count)
        compareAll()
    }

    /// The row of each track, from the top.
    mutating func rows() -> [Int] {
        let order = sequence()
        var rank = [Int](repeating: 0, count: tracks.count)
        for (place, track) in order.enumerated() { rank[track] = place }
        var rows = [Int](repeating: 0, count: tracks.count)
        var above = [[Int]](repeating: [], count: tracks.count)
        for (upper, list) in below.enumerated() {
            for (lower, _) in list {
                let isKept = rank[upper] < rank[lower]
                above[isKept ? lower : upper].append(isKept ? upper : lower)
            }
        }
        for track in order {
            rows[track] = above[track].reduce(0) { max($0, rows[$1] + 1) }
        }
        return rows
    }

    /// Compares all pairs whose extents meet.
    private mutating func compareAll() {
        let lefts = tracks.map { $0.left - LayoutMetrics.trackGap / 2 }
        let rights = tracks.map { $0.right + LayoutMetrics.trackGap / 2 }
        let order = tracks.indices.sorted { (lefts[$0], $0) < (lefts[$1], $1) }
        var open: [Int] = []
        for track in order {
            open.removeAll { rights[$0] < lefts[track] }
            for other in open {
                work += 1
                compare(other, track)
            }
            open.append(track)
        }
    }

    private mutating func compare(_ one: Int, _ other: Int) {
        let first = cost(above: tracks[one], below: tracks[other])
        let second = cost(above: tracks[other], below: tracks[one])
        if first <= second {
            below[one].append((other, second - first))
        } else {
            below[other].append((one, first - second))
        }
    }

    /// What is lost when one track is above another.
    private func cost(above upper: Track, below lower: Track) -> Int {
        var cost = 0
        for x in lower.uppers where upper.left < x && x < upper.right { cost += 1 }
        for x in upper.lowers where lower.left < x && x < lower.right { cost += 1 }
        let near = LayoutMetrics.trackGap / 2
        for x in upper.lowers {
            for other in lower.uppers where abs(x - other) < near { cost += Self.overlap }
        }
        return cost
    }

    /// An order in which what should be above comes first, as far as wishes do not go in circles:
    /// then the one goes first for which least is against it.
    private func sequence() -> [Int] {
        var against = [Int](repeating: 0, count: tracks.count)
        for list in below {
            for (track, weight) in list { against[track] += weight + 1 }
        }
        var isDone = [Bool](repeating: false, count: tracks.count)
        var order: [Int] = []
        var ready = tracks.indices.filter { against[$0] == 0 }
        var next = 0
        while order.count < tracks.count {
            let track: Int
            if next < ready.count {
                track = ready[next]
                next += 1
            } else {
                let rest = tracks.indices.filter { !isDone[$0] }
                track = rest.min { (against[$0], $0) < (against[$1], $1) } ?? 0
            }
            guard !isDone[track] else { continue }
            isDone[track] = true
            order.append(track)
            for (lower, weight) in below[track] {
                against[lower] -= weight + 1
                if against[lower] == 0, !isDone[lower] { ready.append(lower) }
            }
        }
        return order
    }
}
