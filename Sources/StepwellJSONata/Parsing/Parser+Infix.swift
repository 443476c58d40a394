extension Parser {
    /// Reads what an operator makes of the expression at its left.
    mutating func infix(_ left: Syntax) throws(Fault) -> Syntax {
        let symbol = token
        try advance(isInfix: false)
        let place = symbol.position
        switch symbol.text {
        case "(": return try call(left, at: place)
        case "[": return try filter(left, at: place)
        case "{":
            let pairs = try pairs()
            let height = max(left.height, heightOf(pairs)) + 1
            let group = Syntax(.group, at: place, parts: [left], height: height)
            group.pairs = pairs
            return group
        case "^": return try order(left, at: place)
        case "@", "#":
            let name = try expression(80)
            guard name.kind == .variable else {
                throw Fault("S0214", position: name.position, token: symbol.text)
            }
            let kind = symbol.text == "@" ? Syntax.Kind.focus : .index
            return Syntax(kind, at: place, [left], text: name.text)
        case ":=":
            guard left.kind == .variable else {
                throw Fault("S0212", position: left.position, token: left.text)
            }
            return Syntax(.bind, at: place, [try expression(9)], text: left.text)
        case "?": return try condition(left, at: place)
        case "?:": return Syntax(.fallback, at: place, [left, try expression(0)], text: "?:")
        case "??": return Syntax(.coalesce, at: place, [left, try expression(0)], text: "??")
        case "~>": return Syntax(.apply, at: place, [left, try expression(40)], text: "~>")
        default:
            let power = Self.precedence[symbol.text] ?? 0
            return Syntax(.binary, at: place, [left, try expression(power)], text: symbol.text)
        }
    }

    private mutating func condition(_ test: Syntax, at place: Int) throws(Fault) -> Syntax {
        var parts = [test, try expression(0)]
        if token.isSymbol(":") {
            try advance(isInfix: false)
            parts.append(try expression(0))
        }
        return Syntax(.condition, at: place, parts)
    }

    private mutating func filter(_ left: Syntax, at place: Int) throws(Fault) -> Syntax {
        if token.isSymbol("]") {
            var step = left
            while step.kind == .filter {
                step = step.children[0]
            }
            step.keepArray = true
            try advance(over: "]", isInfix: true)
            return left
        }
        let condition = try expression(0)
        try advance(over: "]", isInfix: true)
        return Syntax(.filter, at: place, [left, condition], text: "[")
    }

    private mutating func order(_ left: Syntax, at place: Int) throws(Fault) -> Syntax {
        try advance(over: "(")
        var terms: [Syntax.Term] = []
        while true {
            var isDescending = false
            if token.isSymbol("<") {
                try advance(isInfix: false)
            } else if token.isSymbol(">") {
                isDescending = true
                try advance(isInfix: false)
            }
            terms.append(
                Syntax.Term(expression: try expression(0), isDescending: isDescending)
            )
            guard token.isSymbol(",") else {
                break
            }
            try advance(isInfix: false)
        }
        try advance(over: ")", isInfix: true)
        let height = terms.map(\.expression.height).max() ?? 0
        let order = Syntax(.order, at: place, parts: [left], height: max(height, left.height) + 1)
        order.terms = terms
        return order
    }

    private mutating func call(_ procedure: Syntax, at place: Int) throws(Fault) -> Syntax {
        var arguments: [Syntax] = []
        var isPartial = false
        if !token.isSymbol(")") {
            while true {
                if token.isSymbol("?") {
                    isPartial = true
                    arguments.append(Syntax(.placeholder, at: token.position, text: "?"))
                    try advance(isInfix: true)
                } else {
                    arguments.append(try expression(0))
                }
                guard token.isSymbol(",") else {
                    break
                }
                try advance(isInfix: false)
            }
        }
        try advance(over: ")", isInfix: true)
        if procedure.kind == .name, procedure.text == "function" || procedure.text == "λ" {
            return try lambda(arguments, at: place)
        }
        let height = max(procedure.height, arguments.map(\.height).max() ?? 0) + 1
        let kind = isPartial ? Syntax.Kind.partial : .function
        let call = Syntax(kind, at: place, parts: arguments, height: height)
        call.procedure = procedure
        return call
    }

    private mutating func lambda(_ parameters: [Syntax], at place: Int) throws(Fault) -> Syntax {
        for (number, parameter) in parameters.enumerated() where parameter.kind != .variable {
            throw Fault(
                "S0208",
                position: parameter.position,
                token: parameter.text,
                detail: String(number + 1)
            )
        }
        var signature: Signature?
        if token.isSymbol("<") {
            let position = token.position
            do throws(Fault) {
                signature = try Signature(try lexer.signature())
            } catch {
                throw error.located(at: position)
            }
            try advance(isInfix: false)
        }
        try advance(over: "{")
        let body = try expression(0)
        try advance(over: "}", isInfix: true)
        let lambda = Syntax(.lambda, at: place, parts: [], height: body.height + 1)
        lambda.procedure = body
        lambda.parameters = parameters.map(\.text)
        lambda.signature = signature
        return lambda
    }
}
