/// What an evaluation may use; all of it is counted, so that every run agrees.
public struct JSONataBudget: Sendable, Hashable {
    /// The deepest nesting of values that an expression may build around its input.
    static let maximumNesting = 512

    /// How deeply evaluation may nest.
    public var depth: Int
    /// The steps: calls, and elements looked at.
    public var steps: Int
    /// The longest sequence or array that may be made.
    public var length: Int
    /// The bytes of the longest string that may be made.
    public var textBytes: Int
    /// The bytes of all strings that are made.
    public var bytes: Int
    /// The steps of matching regular expressions.
    public var patternSteps: Int
    /// Whether reading and converting text counts by what it takes.
    ///
    /// Sixteen bytes are a step then, four of those that are made into others one by one, and each
    /// of a picture is three; else sixty-four are a step, whatever is done with them.
    package var isThorough = false
    /// The levels of nesting that a function of the language counts as.
    package var functionDepth = 2

    /// What AWS lets an expression have: as measured there, 100 levels of nested expressions, calls
    /// of its functions not among them, and values of 6,990,256 bytes, a number being eight.
    public static let aws: JSONataBudget = {
        let valueBytes = 6_990_256
        var budget = JSONataBudget(depth: 100, length: valueBytes / 8, textBytes: valueBytes)
        budget.functionDepth = 0
        return budget
    }()

    /// A budget; unless told otherwise one that a stack of 512 KiB holds.
    public init(
        depth: Int = 500,
        steps: Int = 50_000_000,
        length: Int = 10_000_000,
        textBytes: Int = .max,
        bytes: Int = 256 << 20,
        patternSteps: Int = 20_000_000
    ) {
        self.depth = depth
        self.steps = steps
        self.length = length
        self.textBytes = textBytes
        self.bytes = bytes
        self.patternSteps = patternSteps
    }
}
