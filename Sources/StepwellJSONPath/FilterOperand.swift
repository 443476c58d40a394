import StepwellJSON

/// One side of a comparison in a filter.
enum FilterOperand: Sendable {
    case value(JSONValue)
    case path(FilterPath)
    case pattern(PatternProgram)
}
