import ArgumentParser
import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

/// The languages of `sfnctl eval`.
enum EvalLanguage: String, ExpressibleByArgument, CaseIterable {
    /// A path.
    case jsonpath
    /// A call of an intrinsic function.
    case intrinsic
    /// JSONata.
    case jsonata

    /// The work that one expression may do: what a field of a state may.
    private static let steps = 1_000_000

    /// Evaluates an expression; only JSONata has profiles.
    func evaluate(_ request: EvalRequest, _ profile: EvalProfile) -> EvalOutcome {
        let text = request.expression
        if self == .jsonata {
            return JSONataEvaluation.evaluate(request, profile)
        }
        if self == .intrinsic, !IntrinsicCall.isCall(text) {
            return Self.syntaxError("not a call of an intrinsic function", at: 0, of: text)
        }
        do {
            let expression: PathExpression =
                self == .jsonpath
                ? .path(try JSONPath(parsing: text)) : .intrinsic(try IntrinsicCall(parsing: text))
            return Self.evaluate(expression, request)
        } catch let error as JSONPathSyntaxError {
            return Self.syntaxError(error.reason, at: error.offset, of: text)
        } catch let error as IntrinsicSyntaxError {
            return Self.syntaxError(error.reason, at: error.offset, of: text)
        } catch {
            return Self.syntaxError("\(error)", at: 0, of: text)
        }
    }

    private static func evaluate(
        _ expression: PathExpression,
        _ request: EvalRequest
    ) -> EvalOutcome {
        var budget = EvaluationBudget(steps: steps)
        var entropy = EvalEntropy()
        do {
            let value = try expression.evaluate(in: request, entropy: &entropy, budget: &budget)
            return .value(value)
        } catch {
            let failure = TemplateError(field: "", expression: expression.text, reason: error)
            let message =
                switch error {
                case .path(let error): error.reason
                case .intrinsic(let error): error.cause
                }
            return .failed(EvalFailure(code: failure.errorName, message: message))
        }
    }

    private static func syntaxError(
        _ reason: String,
        at offset: Int,
        of text: String
    ) -> EvalOutcome {
        // Offsets count bytes; people and editors count characters.
        let position = text.utf8.prefix(offset).count { $0 & 0xC0 != 0x80 }
        return .failed(EvalFailure(code: "SyntaxError", message: reason, position: position))
    }
}

/// Draws for `States.UUID` and `States.MathRandom`; a seed gives the same number each time.
private struct EvalEntropy: IntrinsicEntropy {
    mutating func uuid() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.flatMap { [$0 >> 4, $0 & 0xF] }.map { String($0, radix: 16) }
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { digits[$0].joined() }
            .joined(separator: "-")
    }

    mutating func random(in range: Range<Int64>, seed: Int64?) -> Int64 {
        guard let seed else { return Int64.random(in: range) }
        var generator = SplitMix(state: UInt64(bitPattern: seed))
        return Int64.random(in: range, using: &generator)
    }
}

/// Steele, Lea and Flood's SplitMix64.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
