import StepwellJSON

extension Builtins {
    /// Functions of numbers and conditions.
    static let numbers: [Builtin] = [
        Builtin("number", "<(nsb)-:n>", 1) { (arguments, _, _) throws(Fault) in
            try NumberFunctions.number(arguments.at(0))
        },
        unary("floor") { .number($0.rounded(.down)) },
        unary("ceil") { .number($0.rounded(.up)) },
        unary("abs") { .number($0.magnitude) },
        Builtin("round", "<n-n?:n>", 2) { (arguments, _, _) throws(Fault) in
            guard let number = arguments.number(0) else {
                return .undefined
            }
            let precision = max(-1_000, min(1_000, arguments.number(1) ?? 0))
            return .number(NumberText.round(number, precision: Int(precision)))
        },
        Builtin("sqrt", "<n-:n>", 1) { (arguments, _, _) throws(Fault) in
            guard let number = arguments.number(0) else {
                return .undefined
            }
            guard number >= 0 else {
                throw Fault("D3060", value: arguments[0].json())
            }
            return .number(number.squareRoot())
        },
        Builtin("power", "<n-n:n>", 2) { (arguments, _, _) throws(Fault) in
            guard let base = arguments.number(0) else {
                return .undefined
            }
            // An exponent that is missing is to the reference not a number.
            let result = arguments.number(1).map { Power.of(base, $0) } ?? .nan
            guard result.isFinite else {
                throw Fault(
                    "D3061",
                    value: arguments[0].json(),
                    detail: arguments.at(1).json()?.description
                )
            }
            return .number(result)
        },
        Builtin("formatNumber", "<n-so?:s>", 3) { (arguments, machine, _) throws(Fault) in
            guard let number = arguments.number(0), let picture = arguments.string(1) else {
                return .undefined
            }
            try machine.count(picture: picture, isOfNumber: true)
            var options: [(name: String, value: String)] = []
            if case .object(let node) = arguments.at(2) {
                for member in node.all {
                    let text = try Text.string(member.value, machine)
                    try machine.count(picture: text, isOfNumber: true)
                    options.append((member.key, text))
                }
            }
            return try Fault.picture { () throws(JSONataPictureError) in
                .string(
                    try NumberPicture.format(number, picture: picture, options: options)
                )
            }
        },
        Builtin("formatBase", "<n-n?:s>", 2) { (arguments, _, _) throws(Fault) in
            guard let number = arguments.number(0) else {
                return .undefined
            }
            let radix = arguments.number(1) ?? 10
            return try Fault.picture { () throws(JSONataPictureError) in
                .string(try BaseText.format(number, radix: radix))
            }
        },
        Builtin("formatInteger", "<n-s:s>", 2) { (arguments, machine, _) throws(Fault) in
            guard let number = arguments.number(0), let picture = arguments.string(1) else {
                return .undefined
            }
            try machine.count(picture: picture)
            return try Fault.picture { () throws(JSONataPictureError) in
                .string(try IntegerPicture.format(number, picture: picture))
            }
        },
        Builtin("parseInteger", "<s-s:n>", 2) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0), let picture = arguments.string(1) else {
                return .undefined
            }
            try machine.count(picture: picture)
            try machine.count(converting: text)
            // What is no integer is, in AWS's profile, not a number; in the first revision nothing.
            let none: Value = machine.namesNonFinite ? .number(.nan) : .undefined
            return try Fault.picture { () throws(JSONataPictureError) in
                try IntegerPicture.parse(text, picture: picture).map { .number($0) } ?? none
            }
        },
        Builtin("boolean", "<x-:b>", 1) { (arguments, machine, _) throws(Fault) in
            let value = arguments.at(0)
            return value.isDefined ? .bool(try machine.isTrue(value)) : .undefined
        },
        Builtin("not", "<x-:b>", 1) { (arguments, machine, _) throws(Fault) in
            let value = arguments.at(0)
            return value.isDefined ? .bool(!(try machine.isTrue(value))) : .undefined
        },
        Builtin("exists", "<x:b>", 1) { (arguments, _, _) throws(Fault) in
            .bool(arguments.at(0).isDefined)
        },
    ]

    private static func unary(
        _ name: String,
        _ compute: @escaping @Sendable (Double) -> Value
    ) -> Builtin {
        Builtin(name, "<n-:n>", 1) { (arguments, _, _) throws(Fault) in
            arguments.number(0).map(compute) ?? .undefined
        }
    }
}
