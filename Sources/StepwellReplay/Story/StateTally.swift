package import StepwellHistory

/// How the visits to one state have gone, up to a place in the log.
package struct StateTally: Sendable, Hashable {
    /// How often the state was entered.
    package internal(set) var entered = 0
    /// How many visits have each status, in the order of `VisitStatus.allCases`.
    private var counts = Array(repeating: 0, count: VisitStatus.allCases.count)
    /// How many visits wait for their next attempt.
    package internal(set) var retrying = 0
    /// How many retries there were.
    package internal(set) var retries = 0
    package internal(set) var firstEntered: Timestamp?
    package internal(set) var lastExited: Timestamp?
    /// How the newest visit that is over ended.
    private var newest: VisitStatus?

    /// How many visits have a status.
    package func count(_ status: VisitStatus) -> Int { counts[Self.place(of: status)] }

    /// Notes that a visit has begun, or goes on after it had ended so.
    mutating func open(insteadOf former: VisitStatus? = nil) {
        counts[Self.place(of: .running)] += 1
        if let former { counts[Self.place(of: former)] -= 1 } else { entered += 1 }
    }

    /// Notes that a visit has ended.
    mutating func close(_ status: VisitStatus, at time: Timestamp) {
        counts[Self.place(of: .running)] -= 1
        counts[Self.place(of: status)] += 1
        lastExited = time
        // What is given up because a sibling failed does not hide the failure.
        if status == .aborted, newest == .failed || newest == .timedOut { return }
        newest = status
    }

    /// What is to be said of the state in a word.
    package var status: Status {
        let running = count(.running)
        if running > 0 { return retrying == running ? .retrying : .running }
        return switch newest {
        case nil, .running?: .notEntered
        case .succeeded?: .succeeded
        case .failed?: .failed
        case .caught?: .caught
        case .aborted?: .aborted
        case .timedOut?: .timedOut
        }
    }

    /// The state in a word: what is under way counts first, then how the newest visit ended.
    package enum Status: String, Sendable, CaseIterable {
        case notEntered
        case running
        case retrying
        case succeeded
        case failed
        case caught
        case aborted
        case timedOut
    }

    private static func place(of status: VisitStatus) -> Int {
        switch status {
        case .running: 0
        case .succeeded: 1
        case .failed: 2
        case .caught: 3
        case .aborted: 4
        case .timedOut: 5
        }
    }
}
