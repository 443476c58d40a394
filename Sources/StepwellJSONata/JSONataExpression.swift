public import StepwellJSON

/// A compiled expression: immutable, so that any number of evaluations may share it.
public struct JSONataExpression: Sendable {
    private let node: any Node
    private let slots: Int
    /// Where the outermost part is, which stands for what has no place of its own.
    private let position: Int
    private let profile: JSONataProfile
    /// The variables that it reads and does not bind itself, without their `$`: each once, in the
    /// order of the text; what it calls is not among them.
    public let freeVariables: [String]
    /// The members that it reads of those variables where a path begins with one: `$states.result`.
    package let freeMembers: [FreeMember]
    /// Every name, without its `$`, that may stand for a variable given from outside, what is
    /// called among them: no other binding makes a difference.
    package let mentionedVariables: [String]
    /// Those of which more is read than members by name.
    package let wholeVariables: [String]

    /// Compiles an expression.
    ///
    /// - Parameters:
    ///   - text: the expression, without AWS's `{% %}`.
    ///   - profile: whose functions there are.
    /// - Throws: what is wrong with it and where.
    public init(_ text: String, profile: JSONataProfile = .full) throws(JSONataError) {
        do throws(Fault) {
            let tree = try Analysis.analyze(Parser.parse(UTF16Text.units(text)))
            position = tree.position
            let scope = Scope(parent: nil)
            Binds.declare(tree, in: scope)
            let compiler = Compiler(profile: profile)
            node = try compiler.compile(tree, in: scope)
            freeVariables = compiler.free.names
            freeMembers = compiler.free.members
            mentionedVariables = compiler.free.mentions
            wholeVariables = compiler.free.mentions.filter(compiler.free.isReadWhole)
            slots = scope.names.count
        } catch {
            throw JSONataError(error)
        }
        self.profile = profile
    }

    /// Evaluates the expression.
    ///
    /// - Parameters:
    ///   - input: the input, `$`; nil for none.
    ///   - bindings: variables given from outside, without their `$`.
    ///   - sources: the time and the random words.
    ///   - budget: what may be used.
    /// - Returns: the value, and what it was made from.
    /// - Throws: what ended it.
    public func evaluate(
        _ input: JSONValue?,
        bindings: [(name: String, value: JSONValue)] = [],
        sources: JSONataSources,
        budget: JSONataBudget = JSONataBudget()
    ) throws(JSONataError) -> JSONataOutcome {
        var budget = budget
        return try evaluate(input, bindings: bindings, sources: sources, spending: &budget)
    }

    /// Evaluates the expression, and takes what that used off the budget, whether it gives a value
    /// or not.
    ///
    /// - Parameters:
    ///   - input: the input, `$`; nil for none.
    ///   - bindings: variables given from outside, without their `$`.
    ///   - sources: the time and the random words.
    ///   - budget: what may be used.
    ///   - revision: what the functions, texts and errors of the language are.
    /// - Returns: the value, and what it was made from.
    /// - Throws: what ended it.
    package func evaluate(
        _ input: JSONValue?,
        bindings: [(name: String, value: JSONValue)],
        sources: JSONataSources,
        spending budget: inout JSONataBudget,
        revision: JSONataRevision = .current
    ) throws(JSONataError) -> JSONataOutcome {
        let given = budget
        let machine = Machine(
            profile: profile,
            sources: sources,
            budget: given,
            revision: revision
        )
        defer {
            budget.steps = max(0, machine.steps)
            budget.bytes = max(0, machine.bytes)
            budget.patternSteps = max(0, machine.patternSteps)
        }
        machine.bindings = Bindings(bindings)
        let value = try evaluate(input.map { Value($0) } ?? .undefined, machine)
        let result = JSONataResult(value, of: machine, position: position)
        return JSONataOutcome(
            value: try result.json(),
            isFunction: value.type == .function,
            drewFromSources: machine.hasDrawn,
            steps: given.steps - machine.steps
        )
    }

    /// Evaluates the expression on a document that others are evaluated on as well.
    ///
    /// - Parameters:
    ///   - document: the input, `$`.
    ///   - sources: the time and the random words.
    ///   - budget: what may be used.
    /// - Returns: the value.
    /// - Throws: what ended it.
    public func evaluate(
        _ document: JSONataDocument,
        sources: JSONataSources,
        budget: JSONataBudget = JSONataBudget()
    ) throws(JSONataError) -> JSONataResult {
        let machine = Machine(profile: profile, sources: sources, budget: budget)
        let value = try evaluate(document.value, machine)
        return JSONataResult(value, of: machine, position: position)
    }

    /// Evaluates the expression for a value that is already converted.
    func evaluate(_ input: Value, _ machine: Machine) throws(JSONataError) -> Value {
        var root = input
        if case .array = input {
            root = .array(ArrayNode([input], [.sequence, .wrapper]))
        }
        machine.root = root
        let frame = Frame(parent: nil, slots: slots)
        defer { machine.leave(frame) }
        do throws(Fault) {
            return try machine.evaluate(node, root, frame)
        } catch {
            let located = error.code == "U1001" ? error.located(at: position) : error
            throw JSONataError(located, machine.revision)
        }
    }
}
