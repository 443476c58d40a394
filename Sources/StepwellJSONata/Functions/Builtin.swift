/// A function of the language.
final class Builtin: Sendable {
    /// What it does with validated arguments.
    typealias Body =
        @Sendable (
            _ arguments: [Value],
            _ machine: Machine,
            _ context: Value
        ) throws(Fault) -> Value

    let name: String
    let signature: Signature?
    /// How many arguments it takes from a function that calls it for each element.
    let arity: Int
    let run: Body

    /// Whether it evaluates text in the scope of its caller.
    let isEvaluation: Bool
    /// What it was in the first revision, where that is another.
    private let former: Builtin?

    /// A function whose signature is written as the language has it.
    init(
        _ name: String,
        _ signature: String?,
        _ arity: Int,
        former: Builtin? = nil,
        _ run: @escaping Body
    ) {
        self.name = name
        self.former = former
        isEvaluation = name == "eval"
        // A signature of the tables that did not read would show in every test of its function.
        self.signature = signature.flatMap { try? Signature($0) }
        self.arity = arity
        self.run = run
    }

    /// The function as a revision has it.
    @inline(__always)
    func asOf(_ revision: JSONataRevision) -> Builtin {
        guard let former, !revision.hasMeasuredFunctions else { return self }
        return former
    }
}

/// All functions by name.
enum Builtins {
    private static let full: [String: Builtin] = table(
        strings + patterns + numbers + aggregates + arrays + callbacks + objects + dates
            + evaluation + randomness
    )

    private static let aws: [String: Builtin] = table(
        strings + patterns + numbers + aggregates + arrays + callbacks + objects + dates
            + additions
    )

    private static func table(_ functions: [Builtin]) -> [String: Builtin] {
        Dictionary(functions.map { ($0.name, $0) }) { _, later in later }
    }

    /// The function of a name in a profile.
    static func named(_ name: String, _ profile: JSONataProfile) -> Builtin? {
        switch profile {
        case .full: full[name]
        case .aws: aws[name]
        }
    }
}

extension Array<Value> {
    /// An argument, or undefined.
    func at(_ place: Int) -> Value { place < count ? self[place] : .undefined }

    /// An argument that the signature made a string; nil for none.
    func string(_ place: Int) -> String? {
        if case .string(let text) = at(place) {
            return text
        }
        return nil
    }

    /// An argument that the signature made a number; nil for none.
    func number(_ place: Int) -> Double? { at(place).number }

    /// An argument that the signature made an array; nil for none.
    func array(_ place: Int) -> ArrayNode? {
        if case .array(let node) = at(place) {
            return node
        }
        return nil
    }

    /// An argument that the signature made a function; nil for none.
    func function(_ place: Int) -> FunctionNode? {
        if case .function(let node) = at(place) {
            return node
        }
        return nil
    }
}
