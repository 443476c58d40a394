import StepwellJSON

/// What one evaluation counts and draws from.
final class Machine {
    var root: Value = .undefined
    var bindings = Bindings([])
    let profile: JSONataProfile
    let revision: JSONataRevision
    private var drawn: JSONataSources
    /// Whether anything was drawn from the sources.
    private(set) var hasDrawn = false
    /// What the time and random words are drawn from; looking at it counts as drawing.
    var sources: JSONataSources {
        get {
            hasDrawn = true
            return drawn
        }
        _modify {
            hasDrawn = true
            yield &drawn
        }
    }
    let budget: JSONataBudget
    var depth = 0
    var steps: Int
    var bytes: Int
    var patternSteps: Int
    /// The call that a lambda ended with, which its caller makes in its place.
    var tail: TailCall?
    /// Frames that a function refers to and that may refer to the function: emptied at the end.
    private var retained: [Frame] = []

    /// A call given back to the caller.
    struct TailCall {
        let function: FunctionNode
        let arguments: [Value]
        let input: Value
        let position: Int
        let token: String?
    }

    init(
        profile: JSONataProfile,
        sources: JSONataSources,
        budget: JSONataBudget,
        revision: JSONataRevision = .current
    ) {
        self.profile = profile
        self.revision = revision
        drawn = sources
        self.budget = budget
        steps = budget.steps
        bytes = budget.bytes
        patternSteps = budget.patternSteps
    }

    deinit {
        guard !retained.isEmpty else {
            return
        }
        for frame in retained {
            frame.slots.removeAll()
            frame.context = .undefined
        }
    }

    /// Evaluates a part, one level deeper.
    @inline(__always)
    func evaluate(
        _ node: any Node,
        _ input: Value,
        _ frame: Frame
    ) throws(Fault) -> Value {
        depth &+= 1
        if depth > budget.depth {
            throw Fault("U1001", detail: "depth")
        }
        let value = try node.evaluate(input, frame, self)
        depth &-= 1
        return value
    }

    /// The steps that a new array, object or tuple stands for, by the memory that it takes.
    static let containerSteps = 2

    /// Counts work.
    @inline(__always)
    func count(_ work: Int = 1) throws(Fault) {
        steps &-= work
        if steps < 0 {
            throw Fault("U1001", detail: "steps")
        }
    }

    /// Counts looking through a text: sixty-four bytes are a step, or sixteen.
    @inline(__always)
    func count(reading text: String) throws(Fault) {
        let steps = text.utf8.count >> (budget.isThorough ? 4 : 6)
        if steps > 0 {
            try count(steps)
        }
    }

    /// Counts making another text of one, sign by sign, where the budget is thorough.
    func count(converting text: String) throws(Fault) {
        if budget.isThorough { try count(text.utf8.count >> 2) }
    }

    /// Counts formatting by a picture: of a number, sign by sign many times over.
    func count(picture: String?, isOfNumber: Bool = false) throws(Fault) {
        guard budget.isThorough, let picture else { return }
        try count(isOfNumber ? picture.utf8.count * 3 : picture.utf8.count >> 2)
    }

    /// Counts bytes of a string that is made.
    func count(bytes added: Int) throws(Fault) {
        bytes &-= added
        if bytes < 0 || added > budget.textBytes {
            throw Fault("U1001", detail: "bytes")
        }
    }

    /// Refuses a sequence that is too long.
    func check(length: Int) throws(Fault) {
        if length > budget.length {
            throw Fault("U1001", detail: "length")
        }
    }

    /// Counts a value that is made, and refuses one that is built too deeply, since freeing and
    /// writing values is recursive, or that is too large written out: few arrays that hold each
    /// other twice over are a great many in JSON.
    @inline(__always)
    func checked(_ value: Value) throws(Fault) -> Value {
        try count(Self.containerSteps)
        if value.nesting > JSONataBudget.maximumNesting {
            throw Fault("U1001", detail: "nesting")
        }
        // The container itself is not among what it holds.
        try check(length: value.weight - 1)
        return value
    }

    /// Whether numbers that JSON has not are written by their names.
    var namesNonFinite: Bool { profile == .aws && revision.namesNonFiniteNumbers }

    /// Called when a scope ends: a frame that something still refers to is emptied at the end.
    @inline(__always)
    func leave(_ frame: Frame) {
        if frame.isCaptured {
            retained.append(frame)
        }
    }

    /// A binding given from outside.
    func binding(_ name: String) -> Value? {
        bindings[name]
    }
}
