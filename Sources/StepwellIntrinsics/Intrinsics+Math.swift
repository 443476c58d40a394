import StepwellJSON
import StepwellJSONPath

extension Intrinsics {
    /// In 32 bits, where an overflow fails (both recorded); fractions are rounded here alone
    /// (recorded).
    @Sendable
    static func mathAdd(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        guard let left = Int32(exactly: try arguments.rounded(0)),
            let right = Int32(exactly: try arguments.rounded(1))
        else { throw .invalid("An argument is beyond the range of 32-bit integers") }
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw .invalid("The sum is beyond the range of 32-bit integers") }
        return .number(JSONNumber(Int64(sum)))
    }

    /// What `States.MathRandom` is to draw from: the start is included, the end is not.
    static func draw(
        _ arguments: IntrinsicArguments
    ) throws(IntrinsicFailure) -> (range: Range<Int32>, seed: Int64?) {
        let start = Int32(try arguments.truncated(0))
        let end = Int32(try arguments.truncated(1))
        guard start < end else {
            throw .invalid("The start \(start) must be less than the end \(end)")
        }
        return (start..<end, arguments.count > 2 ? try arguments.seed(2) : nil)
    }
}
