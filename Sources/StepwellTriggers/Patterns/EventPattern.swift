/// An event pattern: which events a rule takes.
///
/// Semantics and messages are those of EventBridge ("Amazon EventBridge event patterns", user
/// guide) and of the library that it matches with, whose documentation says what is to happen with
/// arrays.
package struct EventPattern: Sendable, Hashable {
    /// What one alternative asks of a field.
    struct Field: Sendable, Hashable {
        let path: [UInt8]
        /// One of them has to match one of the field's values.
        let values: [ValuePattern]
    }

    /// What may match: of several, where there is an `or`, one has to.
    ///
    /// Fields are in order of path.
    let alternatives: [[Field]]

    /// How many alternatives `$or` may come to ("Amazon EventBridge quotas").
    static let alternativeLimit = 1_000

    /// Reads a pattern.
    ///
    /// - Throws: What is wrong with it, and where, in EventBridge's words.
    package init(parsing text: String) throws(EventPatternError) {
        var compiler = EventPatternCompiler(Array(text.utf8))
        alternatives = try compiler.compile()
    }

    /// Whether an event matches.
    package func matches(_ event: FlatEvent) -> Bool {
        alternatives.contains { fields in
            var search = ConsistentMatch(fields, in: event)
            return search.isFound()
        }
    }

    /// The strings that a field of the first level has to be equal to one of; nil when other
    /// values may match too.
    package func exactStrings(of field: String) -> Set<[UInt8]>? {
        var strings: Set<[UInt8]> = []
        for alternative in alternatives {
            guard let field = alternative.first(where: { $0.path.elementsEqual(field.utf8) }) else {
                return nil
            }
            for value in field.values {
                guard case .string(let text) = value else { return nil }
                strings.insert(Array(text.utf8))
            }
        }
        return strings
    }
}
