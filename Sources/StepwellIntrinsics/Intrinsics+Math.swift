import StepwellJSON
import StepwellJSONPath

extension Intrinsics {
    @Sendable
    static func mathAdd(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let left = try arguments.rounded(0)
        let (sum, overflow) = left.addingReportingOverflow(try arguments.rounded(1))
        guard !overflow else { throw .invalid("The sum is beyond the range of 64-bit integers") }
        return .number(JSONNumber(sum))
    }

    /// What `States.MathRandom` is to draw from: the start is included, the end is not.
    static func draw(
        _ arguments: IntrinsicArguments
    ) throws(IntrinsicFailure) -> (range: Range<Int64>, seed: Int64?) {
        let start = try arguments.rounded(0)
        let end = try arguments.rounded(1)
        guard start < end else {
            throw .invalid("The start \(start) must be less than the end \(end)")
        }
        return (start..<end, arguments.count > 2 ? try arguments.rounded(2) : nil)
    }
}
