import StepwellEngine
import StepwellTesting

/// Waits for the end of an execution that may never come.
struct CaseWatch {
    let engine: Engine
    let clock: VirtualClock
    /// How long that may take by the world's clock.
    let patience: Duration

    /// How often in a row the engine is seen without anything to wait for before nothing is
    /// expected any more, and the time between two looks.
    private static let (looks, rest) = (25, Duration.milliseconds(8))

    private enum News: Sendable {
        case ended(DescribeExecutionResponse)
        case stuck
        case late
    }

    /// What is known of the execution when it has ended, or when only somebody outside could bring
    /// it on.
    ///
    /// - Throws: `SuiteFailure` when it takes too long.
    func end(of arn: String) async throws -> DescribeExecutionResponse {
        let news = try await withThrowingTaskGroup(of: News.self) { group in
            group.addTask { .ended(try await engine.waitForExecution(arn: arn)) }
            group.addTask { try await watch() }
            defer { group.cancelAll() }
            return try await group.next() ?? .stuck
        }
        switch news {
        case .ended(let found): return found
        case .stuck: return try await engine.describeExecution(arn: arn, scope: .any)
        case .late:
            throw SuiteFailure("the case has not ended after \(patience); see --timeout")
        }
    }

    private func watch() async throws -> News {
        let end = ContinuousClock.now + patience
        var stalls = 0
        while stalls < Self.looks {
            try await Task.sleep(for: Self.rest)
            if ContinuousClock.now >= end { return .late }
            stalls = clock.isStalled ? stalls + 1 : 0
        }
        return .stuck
    }
}
