/// A comparison of Jayway's filters.
enum FilterOperator: Sendable {
    case equal, notEqual, sameTypeEqual, sameTypeNotEqual
    case less, lessOrEqual, greater, greaterOrEqual
    case matches, isIn, isNotIn, subsetOf, anyOf, noneOf, all, size, empty, contains

    /// The operators written in symbols, longest first.
    static let symbols: [(String, FilterOperator)] = [
        ("===", .sameTypeEqual), ("!==", .sameTypeNotEqual), ("==", .equal), ("!=", .notEqual),
        ("=~", .matches), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less),
        (">", .greater),
    ]

    /// The operators written as words, in lower case.
    static let words: [(String, FilterOperator)] = [
        ("in", .isIn), ("nin", .isNotIn), ("subsetof", .subsetOf), ("anyof", .anyOf),
        ("noneof", .noneOf), ("all", .all), ("size", .size), ("empty", .empty),
        ("contains", .contains),
    ]
}
