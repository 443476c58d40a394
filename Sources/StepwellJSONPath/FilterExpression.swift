/// The condition of a filter `[?(…)]`.
indirect enum FilterExpression: Sendable {
    case and([FilterExpression])
    case or([FilterExpression])
    case not(FilterExpression)
    case comparison(FilterOperand, FilterOperator, FilterOperand)
    /// The path leads somewhere, even to null.
    case exists(FilterPath)
}
