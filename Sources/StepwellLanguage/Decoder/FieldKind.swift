/// What the value of a field has to be, as far as one value can be judged by itself.
enum FieldKind: Sendable {
    /// Any JSON value.
    case any
    /// A string.
    case text
    /// A string of at least one character.
    case name
    /// `true` or `false`.
    case flag
    /// An integer of a range.
    case integer(ClosedRange<Int64>)
    /// A number of a range.
    case number(ClosedRange<Double>)
    /// One of a few strings.
    case oneOf([String])
    /// A JSONPath; a nullable one may be `null`.
    case path(nullable: Bool)
    /// A JSONPath or a call of an intrinsic function.
    case expression
    /// A reference path or `null`.
    case referencePath
    /// A reference path to a number of a Map state.
    case numberPath
    /// A payload template of any form: the `.$` members of its objects are expressions.
    case payload
    /// A payload template that has to be an object.
    case template
    /// `Assign`: a payload template whose keys are names of variables.
    case assign
    /// An RFC 3339 timestamp.
    case timestamp
    /// An object that is checked by its own rules.
    case object
    /// An array that is checked by its own rules.
    case array
    /// An array or an object.
    case collection
    /// In a JSONata state: any value, whose strings may be expressions `{% … %}`.
    case expressions
    /// In a JSONata state: `Assign`, an object whose keys are names of variables.
    case expressionAssign
    /// In a JSONata state: a value of the given kind or a string `{% … %}`.
    indirect case orExpression(FieldKind)
}
