import Foundation
import StepwellEngine

/// What an invocation came to.
enum InvocationOutcome: Sendable {
    case returned([UInt8])
    /// The function failed; the error as its runtime gives it.
    case error([UInt8])
    /// The process did not answer.
    case failed(WorkerFailure)

    /// What Invoke answers then; `tail` is the end of the log.
    func answer(to invocation: Invocation, tail: [UInt8]?) -> FunctionAnswer {
        let payload: [UInt8]
        var isError = true
        switch self {
        case .returned(let bytes):
            payload = bytes
            isError = false
        case .error(let bytes): payload = bytes
        case .failed(let failure): payload = failure.payload(requestID: invocation.id)
        }
        var answer = FunctionAnswer(
            status: 200,
            payload: payload,
            functionError: isError ? "Unhandled" : nil,
            executedVersion: Self.version(invocation),
            logResult: tail.map { Data($0).base64EncodedString() },
            requestID: invocation.id
        )
        answer.addHeaders(at: SystemClock().now(), traceHeader: invocation.traceHeader)
        return answer
    }

    /// The version that was asked for; there is one code, which an alias leads to as well.
    static func version(_ invocation: Invocation) -> String {
        let name = FunctionReference(invocation.arn)
        guard let qualifier = name?.qualifier, qualifier.utf8.allSatisfy({ (48...57).contains($0) })
        else { return "$LATEST" }
        return qualifier
    }
}
