/// What a comparison of a Choice rule asks: 39 fields of the language are these 23 operators, 16
/// of which also have a `…Path` form.
package enum ComparisonOperator: String, Sendable, CaseIterable {
    case stringEquals = "StringEquals"
    case stringLessThan = "StringLessThan"
    case stringGreaterThan = "StringGreaterThan"
    case stringLessThanEquals = "StringLessThanEquals"
    case stringGreaterThanEquals = "StringGreaterThanEquals"
    case stringMatches = "StringMatches"
    case numericEquals = "NumericEquals"
    case numericLessThan = "NumericLessThan"
    case numericGreaterThan = "NumericGreaterThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case timestampEquals = "TimestampEquals"
    case timestampLessThan = "TimestampLessThan"
    case timestampGreaterThan = "TimestampGreaterThan"
    case timestampLessThanEquals = "TimestampLessThanEquals"
    case timestampGreaterThanEquals = "TimestampGreaterThanEquals"
    case booleanEquals = "BooleanEquals"
    case isNull = "IsNull"
    case isPresent = "IsPresent"
    case isNumeric = "IsNumeric"
    case isString = "IsString"
    case isBoolean = "IsBoolean"
    case isTimestamp = "IsTimestamp"

    /// What the operand has to be, and the order that is asked for.
    var family: Family {
        switch self {
        case .stringEquals: .string(.equal)
        case .stringLessThan: .string(.less)
        case .stringGreaterThan: .string(.greater)
        case .stringLessThanEquals: .string(.lessOrEqual)
        case .stringGreaterThanEquals: .string(.greaterOrEqual)
        case .stringMatches: .pattern
        case .numericEquals: .number(.equal)
        case .numericLessThan: .number(.less)
        case .numericGreaterThan: .number(.greater)
        case .numericLessThanEquals: .number(.lessOrEqual)
        case .numericGreaterThanEquals: .number(.greaterOrEqual)
        case .timestampEquals: .timestamp(.equal)
        case .timestampLessThan: .timestamp(.less)
        case .timestampGreaterThan: .timestamp(.greater)
        case .timestampLessThanEquals: .timestamp(.lessOrEqual)
        case .timestampGreaterThanEquals: .timestamp(.greaterOrEqual)
        case .booleanEquals: .boolean
        case .isNull, .isPresent, .isNumeric, .isString, .isBoolean, .isTimestamp: .test
        }
    }

    /// Whether the operator also has a `…Path` form.
    package var hasPathForm: Bool {
        switch family {
        case .string, .number, .timestamp, .boolean: true
        case .pattern, .test: false
        }
    }

    /// The kinds of operators.
    enum Family {
        case string(Relation)
        case number(Relation)
        case timestamp(Relation)
        case boolean
        case pattern
        /// `IsNull` and its like, whose operand is the answer that makes the rule hold.
        case test
    }

    /// The order that a comparison asks for.
    enum Relation {
        case equal, less, greater, lessOrEqual, greaterOrEqual

        /// Whether a three-way result (negative, zero, positive) satisfies the relation.
        func holds(_ order: Int) -> Bool {
            switch self {
            case .equal: order == 0
            case .less: order < 0
            case .greater: order > 0
            case .lessOrEqual: order <= 0
            case .greaterOrEqual: order >= 0
            }
        }
    }
}
