import StepwellJSON

/// The messages of the error codes.
enum ErrorMessages {
    /// The message of a fault.
    static func text(_ fault: Fault) -> String {
        if fault.code == "D3137" || fault.code == "D3141", let detail = fault.detail {
            return detail
        }
        var text = table[fault.code] ?? "The expression cannot be evaluated"
        if fault.code == "U1001", let detail = fault.detail {
            text += " (\(detail))"
        }
        if let token = fault.token, !token.isEmpty {
            text += ": \(token)"
        }
        if let value = fault.value {
            text += " [\(String(value.description.prefix(200)))]"
        }
        return text
    }

    private static let table: [String: String] = [
        "S0101": "A string is not closed by a matching quote",
        "S0102": "The number is out of range",
        "S0103": "The escape sequence is not supported",
        "S0104": "The escape \\u has to be followed by four hexadecimal digits",
        "S0105": "A quoted name is not closed by a backtick",
        "S0106": "A comment is not closed",
        "S0201": "Something follows the end of the expression",
        "S0202": "Another token was expected",
        "S0203": "The expression ends where a token was expected",
        "S0204": "The operator is not known",
        "S0205": "The token is not expected here",
        "S0207": "The expression ends too early",
        "S0208": "A parameter of a function has to be a variable",
        "S0209": "A predicate cannot follow a grouping",
        "S0210": "A step can have one grouping only",
        "S0211": "The token cannot begin an expression",
        "S0212": "Only a variable can stand at the left of :=",
        "S0213": "A literal value cannot be a step of a path",
        "S0214": "A variable has to stand at the right",
        "S0215": "A focus has to be bound before any predicate of the step",
        "S0216": "A focus has to be bound before the step is sorted",
        "S0217": "The parent of this value cannot be told",
        "S0301": "A regular expression cannot be empty",
        "S0302": "A regular expression is not closed",
        "S0303": "The regular expression is not valid",
        "S0401": "Only arrays and functions have a type in angle brackets",
        "S0402": "A choice of types cannot hold a type with angle brackets",
        "T0410": "An argument does not match the function's signature",
        "T0411": "The context is not compatible with an argument of the function",
        "T0412": "An argument has to be an array of one type",
        "T1003": "A key of an object has to be a string",
        "T1005": "This is not a function; a dollar sign may be missing",
        "T1006": "This is not a function",
        "T1007": "This is not a function to be partially applied; a dollar sign may be missing",
        "T1008": "This is not a function to be partially applied",
        "T1010": "A function that matches has to return an object of the match",
        "T2001": "The left operand has to be a number",
        "T2002": "The right operand has to be a number",
        "T2003": "The left operand of the range has to be an integer",
        "T2004": "The right operand of the range has to be an integer",
        "T2006": "The right operand of ~> has to be a function",
        "T2007": "Values of different types cannot be ordered",
        "T2008": "Only numbers and strings can be ordered",
        "T2009": "Values of different types cannot be compared",
        "T2010": "Only numbers and strings can be compared",
        "T2011": "The update of a transformation has to be an object",
        "T2012": "The deletion of a transformation has to be a string or an array of strings",
        "D1001": "A number is out of range",
        "D1002": "Only a number can be negated",
        "D1004": "A regular expression matches the empty string",
        "D1009": "Two pairs of an object give the same key",
        "D2014": "A range cannot hold more than 10,000,000 elements",
        "D3001": "An infinite number has no text",
        "D3010": "The pattern of $replace cannot be the empty string",
        "D3011": "The limit of $replace cannot be negative",
        "D3012": "A replacement has to be a string",
        "D3020": "The limit of $split cannot be negative",
        "D3030": "The value cannot be read as a number",
        "D3040": "The limit of $match cannot be negative",
        "D3050": "The function of $reduce has to take two arguments or more",
        "D3060": "A negative number has no square root",
        "D3061": "The power is out of range",
        "D3070": "Only arrays of numbers or of strings are sorted without a function",
        "D3110": "The text is no time stamp",
        "D3120": "The text for $eval is no expression",
        "D3121": "The expression for $eval cannot be evaluated",
        "D3136": "The picture lacks a part of the date",
        "D3137": "$error was called",
        "D3138": "$single found more than one match",
        "D3139": "$single found no match",
        "D3140": "The text cannot be encoded or decoded",
        "D3141": "$assert was called",
        "U1001": "The evaluation exceeded a budget",
    ]
}
