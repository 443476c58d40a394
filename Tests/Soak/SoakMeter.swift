import Foundation
import Metrics
import Synchronization

/// Counts the executions that close and notes, at every thousandth, what the process has used.
///
/// CPU time and not the clock's, so that another load on the machine is not taken for a slow
/// engine.
final class SoakMeter: MetricsFactory {
    /// What the process had used when a number of executions had closed.
    struct Sample: Sendable {
        /// CPU time of all threads, in seconds.
        let cpu: Double
        /// Memory of its own, without mapped files, in KiB.
        let memory: Int
    }

    private struct State: Sendable {
        var succeeded = 0
        var others = 0
        var samples: [Sample] = []
    }

    static let lot = 1_000

    private let state = Mutex(State())

    /// One sample for each thousand closed executions, the first before any.
    var samples: [Sample] { state.withLock { $0.samples } }

    /// How many executions have closed, in success and otherwise.
    var closed: (succeeded: Int, others: Int) {
        state.withLock { ($0.succeeded, $0.others) }
    }

    /// Takes the first sample: everything is warm, nothing is counted yet.
    func begin() {
        let sample = Self.sample()
        state.withLock { state in
            state = State()
            state.samples = [sample]
        }
    }

    fileprivate func close(inSuccess: Bool) {
        let isFull = state.withLock { state in
            state.succeeded += inSuccess ? 1 : 0
            state.others += inSuccess ? 0 : 1
            return inSuccess && state.succeeded.isMultiple(of: Self.lot)
        }
        guard isFull else { return }
        let sample = Self.sample()
        state.withLock { $0.samples.append(sample) }
    }

    private static func sample() -> Sample {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        let cpu = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        return Sample(cpu: cpu, memory: anonymousMemory())
    }

    private static func anonymousMemory() -> Int {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return line?.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }

    // MARK: MetricsFactory

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        guard label == "stepwell_executions_closed" else {
            return NOOPMetricsHandler.instance
        }
        let isSuccess = dimensions.contains { $0.1 == "SUCCEEDED" }
        return Closings(meter: self, isSuccess: isSuccess)
    }

    func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        NOOPMetricsHandler.instance
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private final class Closings: CounterHandler {
        private let meter: SoakMeter
        private let isSuccess: Bool

        init(meter: SoakMeter, isSuccess: Bool) {
            self.meter = meter
            self.isSuccess = isSuccess
        }

        func increment(by amount: Int64) {
            for _ in 0..<amount { meter.close(inSuccess: isSuccess) }
        }

        func reset() {}
    }
}
