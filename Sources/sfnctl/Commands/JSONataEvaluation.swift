import Foundation
import StepwellJSON
import StepwellJSONata

/// JSONata in `sfnctl eval`.
enum JSONataEvaluation {
    /// The deepest nesting; the thread of `onLargeStack` holds it.
    private static let greatestDepth = 20_000
    /// The steps that stand for a millisecond of `timelimit`.
    private static let stepsPerMillisecond = 10_000.0
    /// The steps without a `timelimit`.
    private static let steps = 100_000_000
    private static let stackBytes = 512 << 20

    /// Compiles and evaluates an expression.
    static func evaluate(_ request: EvalRequest, _ profile: EvalProfile) -> EvalOutcome {
        let expression: JSONataExpression
        do throws(JSONataError) {
            expression = try JSONataExpression(request.expression, profile: profile.profile)
        } catch {
            return .failed(failure(error, hasRun: false))
        }
        let now = Date().timeIntervalSince1970 * 1_000
        do throws(JSONataError) {
            let outcome = try expression.evaluate(
                request.hasInput ? request.input : nil,
                bindings: request.bindings.map { (name: $0.key, value: $0.value) },
                sources: JSONataSources(
                    milliseconds: Int64(now),
                    seed: UInt64.random(in: .min ... .max)
                ),
                budget: budget(request, profile)
            )
            return outcome.value.map { .value($0) } ?? .undefined
        } catch {
            return .failed(failure(error, hasRun: true))
        }
    }

    private static func budget(_ request: EvalRequest, _ profile: EvalProfile) -> JSONataBudget {
        var budget = profile == .aws ? .aws : JSONataBudget(depth: greatestDepth)
        if let depth = request.depth { budget.depth = min(depth, greatestDepth) }
        let wanted = request.timeLimit.map { max(0, $0) * stepsPerMillisecond }
        budget.steps = wanted.map { Int(min($0, 1e15)) } ?? steps
        return budget
    }

    private static func failure(_ error: JSONataError, hasRun: Bool) -> EvalFailure {
        EvalFailure(
            code: error.code,
            message: error.message,
            position: error.position,
            token: error.token,
            hasRun: hasRun
        )
    }

    /// Runs work on a thread of its own, with a stack for deep recursion.
    static func onLargeStack<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                continuation.resume(with: Swift.Result { try work() })
            }
            thread.stackSize = stackBytes
            thread.start()
        }
    }
}
