/// What an expression looks at outside of everything it was given by name: AWS evaluates it with no
/// input, so there is nothing to be found there.
package struct JSONataReferences: Sendable {
    /// The names (`phone`, `$`, `$$`, `*`, `**`, `%`) that are looked up in the input that is not
    /// there, each once, in the order of the text.
    package private(set) var topLevel: [String] = []

    private var known: Set<KeyBytes> = []

    /// Reads an expression.
    ///
    /// - Parameter text: the expression, without AWS's `{% %}`.
    /// - Throws: what is wrong with it and where; to AWS, which has JSONata 2.0.6, `??` and `?:`
    ///   are no operators but a question mark in front of something that it cannot stand before.
    package init(in text: String) throws(JSONataError) {
        do throws(Fault) {
            try visit(try Analysis.analyze(Parser.parse(UTF16Text.units(text))), hasInput: false)
        } catch {
            throw JSONataError(error)
        }
    }

    private mutating func note(_ name: String) {
        if known.insert(KeyBytes(name)).inserted { topLevel.append(name) }
    }

    /// Visits a part of the expression, which has an input when a path, a predicate or the like
    /// gives it something that its names are looked up in.
    private mutating func visit(_ node: Syntax, hasInput: Bool) throws(Fault) {
        switch node.kind {
        case .coalesce: throw Fault("S0211", position: node.position, token: "?")
        case .fallback: throw Fault("S0211", position: node.position, token: ":")
        case .variable where node.text == "$": note("$$")
        default:
            if !hasInput, let name = Self.lookup(node) { note(name) }
        }
        for (place, child) in node.children.enumerated() {
            let isGiven = node.kind == .transform || (node.kind == .path && place > 0)
            try visit(child, hasInput: hasInput || isGiven)
        }
        if let procedure = node.procedure { try visit(procedure, hasInput: hasInput) }
        for pair in node.pairs {
            try visit(pair.key, hasInput: hasInput)
            try visit(pair.value, hasInput: hasInput)
        }
        for case .filter(let predicate) in node.predicates + node.stages {
            try visit(predicate, hasInput: true)
        }
        for term in node.terms {
            try visit(term.expression, hasInput: true)
        }
        for pair in node.groupPairs ?? [] {
            try visit(pair.key, hasInput: true)
            try visit(pair.value, hasInput: true)
        }
    }

    /// The name under which a node looks something up in its input.
    private static func lookup(_ node: Syntax) -> String? {
        switch node.kind {
        case .name: node.text
        case .variable where node.text.isEmpty: "$"
        case .wildcard: "*"
        case .descendants: "**"
        case .parent: "%"
        default: nil
        }
    }
}
