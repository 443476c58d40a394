import Foundation
import Metrics
import Synchronization

/// Counts the executions that close and notes, at every thousandth, what the process has used.
///
/// CPU time and not the clock's, and beside it that of a piece of work that is always the same: on
/// a machine that others use, CPU time too is worth now more and now less.
final class SoakMeter: MetricsFactory {
    /// What the process had used when a number of executions had closed.
    struct Sample: Sendable {
        /// CPU time of all threads, in seconds, without that of the yardstick.
        let cpu: Double
        let time: ContinuousClock.Instant
        /// CPU time of the yardstick, in seconds.
        let yardstick: Double
        /// Memory of its own, without mapped files, in KiB.
        let memory: Int
    }

    fileprivate struct State: Sendable {
        var succeeded = 0
        var others = 0
        var samples: [Sample] = []
        /// CPU time of every yardstick so far.
        var measuring = 0.0
        var chain = (0..<(1 << 20)).map {
            UInt32(truncatingIfNeeded: ($0 &* 40_503 &+ 1) & 0xFFFFF)
        }
    }

    static let lot = 1_000
    /// Of how many lots one has a yardstick of its own.
    fileprivate static let lotsBetween = 4

    private let state = Mutex(State())
    /// Whether it is printed how many have closed.
    private let isTold: Bool

    init(isTold: Bool) {
        self.isTold = isTold
    }

    /// One sample for each thousand closed executions, the first before any.
    var samples: [Sample] { state.withLock { $0.samples } }

    /// How many executions have closed, in success and otherwise.
    var closed: (succeeded: Int, others: Int) {
        state.withLock { ($0.succeeded, $0.others) }
    }

    /// When so many had closed, in whole thousands; nil when they have not.
    func time(ofClosed count: Int) -> ContinuousClock.Instant? {
        state.withLock { state in
            let place = count / Self.lot
            return state.samples.indices.contains(place) ? state.samples[place].time : nil
        }
    }

    /// Takes the first sample: everything is warm, nothing is counted yet.
    func begin() {
        state.withLock { state in
            state = State()
            state.takeSample()
        }
    }

    fileprivate func close(inSuccess: Bool) {
        state.withLock { state in
            state.succeeded += inSuccess ? 1 : 0
            state.others += inSuccess ? 0 : 1
            let closed = state.succeeded + state.others
            guard closed.isMultiple(of: Self.lot) else { return }
            state.takeSample()
            if isTold { FileHandle.standardOutput.write(Data("closed \(closed)\n".utf8)) }
        }
    }

    fileprivate static func cpu(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    fileprivate static func anonymousMemory() -> Int {
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

extension SoakMeter.State {
    fileprivate mutating func takeSample() {
        let cpu = SoakMeter.cpu(CLOCK_PROCESS_CPUTIME_ID) - measuring
        // Not each time: who waits for it is the thread that commits.
        var yardstick = samples.last?.yardstick ?? 0
        if samples.count.isMultiple(of: SoakMeter.lotsBetween) {
            let begin = SoakMeter.cpu(CLOCK_THREAD_CPUTIME_ID)
            measure()
            yardstick = SoakMeter.cpu(CLOCK_THREAD_CPUTIME_ID) - begin
            measuring += yardstick
        }
        samples.append(
            SoakMeter.Sample(
                cpu: cpu,
                time: .now,
                yardstick: yardstick,
                memory: SoakMeter.anonymousMemory()
            )
        )
    }

    /// The yardstick: follows a chain through four megabytes, as an engine its pointers.
    private mutating func measure() {
        var place = 0
        for _ in 0..<200_000 {
            let next = Int(chain[place])
            chain[place] ^= 0x55555
            chain[place] ^= 0x55555
            place = next
        }
        chain[0] = UInt32(place & 0xFFFFF) | 1
    }
}
