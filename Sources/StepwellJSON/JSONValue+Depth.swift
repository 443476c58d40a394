extension JSONValue {
    /// Whether arrays and objects are nested more than `limit` deep.
    ///
    /// Writing and freeing a value recurse, so that what is built up step by step has to be held
    /// to the depth that the parser accepts.
    package func isNested(deeperThan limit: Int) -> Bool {
        switch self {
        case .null, .bool, .number, .string: false
        case .array(let values):
            limit < 1 || values.contains { $0.isNested(deeperThan: limit - 1) }
        case .object(let members):
            limit < 1 || members.contains { $0.value.isNested(deeperThan: limit - 1) }
        }
    }
}
