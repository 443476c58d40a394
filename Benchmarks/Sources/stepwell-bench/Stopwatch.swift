/// Times rounds of repeated work.
struct Stopwatch {
    let effort: Effort

    /// The rates of each of several kinds of work, in units per second.
    ///
    /// The kinds take turns, round by round, so that what else the machine does meets them all.
    ///
    /// - Parameters:
    ///   - units: how many units (bytes, say) one call of each work deals with.
    ///   - works: the work; what it returns is looked at, so that it is really done.
    /// - Returns: for each work the rates of its rounds.
    /// - Throws: what the work throws.
    func rates(units: Double, _ works: [() throws -> Int]) throws -> [[Double]] {
        let counts = try works.map { try repetitions($0) }
        var rates = [[Double]](repeating: [], count: works.count)
        for _ in 0..<effort.rounds {
            for (place, work) in works.enumerated() {
                let seconds = try time(counts[place], work)
                rates[place].append(units * Double(counts[place]) / seconds)
            }
        }
        return rates
    }

    /// How often `work` has to be done to fill a round; doing so also warms up.
    private func repetitions(_ work: () throws -> Int) throws -> Int {
        let target = Self.seconds(effort.roundLength)
        var count = 1
        while true {
            let seconds = try time(count, work)
            if seconds >= target {
                return count
            }
            count = max(count * 2, Int(Double(count) * target / max(seconds, 1e-6)))
        }
    }

    private func time(_ count: Int, _ work: () throws -> Int) throws -> Double {
        let clock = ContinuousClock()
        var seen = 0
        let elapsed = try clock.measure {
            for _ in 0..<count {
                seen &+= try work()
            }
        }
        precondition(seen != 0, "the work did nothing")
        return Self.seconds(elapsed)
    }

    private static func seconds(_ duration: Duration) -> Double {
        duration / .seconds(1)
    }
}
