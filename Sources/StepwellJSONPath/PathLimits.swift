/// The bounds that keep paths, filters and patterns from exhausting stack or memory.
package enum PathLimits {
    /// The most segments of one path.
    package static let segments = 256
    /// The deepest nesting of filters, parentheses and literals inside one path.
    package static let nesting = 32
    /// The deepest value that is walked into; the JSON parser accepts half of that.
    package static let depth = 1_024
    /// The most instructions of a compiled pattern.
    package static let patternInstructions = 4_096
    /// The most ranges of one class of a pattern; a character is compared with each of them.
    package static let patternRanges = 128
    /// The longest name of a variable, in Unicode scalars (AWS, "Passing data with variables").
    package static let variableName = 80
}
