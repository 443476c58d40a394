import StepwellJSON

extension PathParser {
    /// A function whose name has been read; the position is at its `(`.
    mutating func parseFunction(
        named range: Range<Int>
    ) throws(JSONPathSyntaxError) -> PathSegment {
        let name = text(range)
        guard let function = PathFunction.named(name) else {
            throw failure("there is no path function '\(name)()'", at: range.lowerBound)
        }
        position += 1
        let wasEmbedded = isEmbedded
        isEmbedded = true
        defer { isEmbedded = wasEmbedded }
        let arguments = try parseArguments()
        guard function.arity.contains(arguments.count) else {
            let reason = "the path function '\(name)()' does not take \(arguments.count) arguments"
            throw failure(reason, at: range.lowerBound)
        }
        return .function(PathFunctionCall(function: function, arguments: arguments))
    }

    private mutating func parseArguments() throws(JSONPathSyntaxError)
        -> [PathFunctionCall.Argument]
    {
        try enter()
        defer { leave() }
        var arguments: [PathFunctionCall.Argument] = []
        skipBlanks()
        if take(")") { return arguments }
        repeat {
            skipBlanks()
            if let path = try parseEmbeddedPath() {
                arguments.append(.path(path))
            } else {
                arguments.append(.value(try parseLiteral()))
            }
            skipBlanks()
        } while take(",")
        try expect(")")
        return arguments
    }

    /// A path that starts with `@` or `$`, or `nil` when neither is next.
    mutating func parseEmbeddedPath() throws(JSONPathSyntaxError) -> FilterPath? {
        let isRelative = peek == UInt8(ascii: "@")
        guard isRelative || peek == UInt8(ascii: "$") else { return nil }
        position += 1
        if let byte = peek, byte == UInt8(ascii: "$") || byte.isNameByte {
            throw failure("inside a path only '@' and '$' can be read, no '$$' and no variable")
        }
        return FilterPath(isRelative: isRelative, segments: try parseSegments())
    }
}
