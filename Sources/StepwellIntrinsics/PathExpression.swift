package import StepwellJSON
package import StepwellJSONPath

/// What the string of a `"key.$"` field of a payload template holds: a path or a call of an
/// intrinsic function.
package enum PathExpression: Sendable, Equatable {
    /// A path.
    case path(JSONPath)
    /// A call of an intrinsic function.
    case intrinsic(IntrinsicCall)

    /// Compiles `text`.
    ///
    /// - Throws: `PathExpressionSyntaxError` when it is neither a path nor a call.
    package init(parsing text: String) throws(PathExpressionSyntaxError) {
        guard IntrinsicCall.isCall(text) else {
            do {
                self = .path(try JSONPath(parsing: text))
                return
            } catch {
                throw PathExpressionSyntaxError(reason: error.reason, offset: error.offset)
            }
        }
        do {
            self = .intrinsic(try IntrinsicCall(parsing: text))
        } catch {
            throw PathExpressionSyntaxError(reason: error.reason, offset: error.offset)
        }
    }

    /// The expression as it was written.
    package var text: String {
        switch self {
        case .path(let path): path.text
        case .intrinsic(let call): call.text
        }
    }

    /// The paths that the expression reads, in order.
    package var paths: [JSONPath] {
        switch self {
        case .path(let path): [path]
        case .intrinsic(let call): call.paths
        }
    }

    /// The value of the expression.
    ///
    /// - Throws: `PathExpressionError` with the error of the path or of the call.
    package func evaluate(
        in scope: some PathScope,
        entropy: inout some IntrinsicEntropy,
        budget: inout EvaluationBudget
    ) throws(PathExpressionError) -> JSONValue {
        switch self {
        case .path(let path):
            do {
                return try path.evaluate(in: scope, budget: &budget)
            } catch {
                throw .path(error)
            }
        case .intrinsic(let call):
            do {
                return try call.evaluate(in: scope, entropy: &entropy, budget: &budget)
            } catch {
                throw .intrinsic(error)
            }
        }
    }
}
