import Metrics
import Synchronization

/// Counts requests by what they ask for and how they are answered, and times them.
///
/// Names are those of operations that there are, so their number has a bound.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let operation: String
        let status: Int
    }

    private struct State {
        var counters: [Key: Counter] = [:]
        var timers: [String: Timer] = [:]
        var signatures: [String: Counter] = [:]
    }

    private let state = Mutex(State())

    /// Counts a request whose signature was refused with an error; there are few codes.
    func recordRefusedSignature(_ code: String) {
        let counter = state.withLock { state in
            let counter =
                state.signatures[code]
                ?? Counter(label: "stepwell_refused_signatures", dimensions: [("code", code)])
            state.signatures[code] = counter
            return counter
        }
        counter.increment()
    }

    /// Counts a request that took so long.
    func record(_ operation: String, status: Int, _ duration: Duration) {
        let (counter, timer) = state.withLock { state in
            let key = Key(operation: operation, status: status)
            let counter =
                state.counters[key]
                ?? Counter(
                    label: "stepwell_requests",
                    dimensions: [("operation", operation), ("status", String(status))]
                )
            let timer =
                state.timers[operation]
                ?? Timer(
                    label: "stepwell_request_duration",
                    dimensions: [("operation", operation)]
                )
            state.counters[key] = counter
            state.timers[operation] = timer
            return (counter, timer)
        }
        counter.increment()
        timer.record(duration: duration)
    }
}

extension ServiceRequest {
    /// What the request asks for, in words of which there are few: an operation's name, a probe,
    /// what it is served by.
    var subject: String {
        if let operationName {
            let known = isOwn ? Operation.own[operationName] : Operation.all[operationName]
            return known?.name ?? "unknown"
        }
        let path = pathAndQuery.path
        return switch path {
        case "/health", "/ready", "/metrics": String(path.dropFirst())
        case _ where path.hasPrefix("/console"): "console"
        case _ where target != nil: "service"
        default: "other"
        }
    }
}
