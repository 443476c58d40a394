import StepwellJSON

extension Signature {
    /// The arguments as the function takes them: the context in the place of a missing one, single
    /// values as arrays.
    ///
    /// - Parameters:
    ///   - arguments: the arguments as written.
    ///   - context: the context.
    ///   - machine: counts the elements looked at.
    /// - Returns: the arguments.
    /// - Throws: T0410 for an argument that does not fit, T0411 for a context that does not, T0412
    ///   for an array with an element that does not.
    func validate(
        _ arguments: [Value],
        _ context: Value,
        _ machine: Machine
    ) throws(Fault) -> [Value] {
        if takesEachOnce, fits(arguments) {
            return try completed(arguments, context, machine)
        }
        let types = arguments.map(\.type)
        var taken: [Int] = []
        guard match(0, 0, types, &taken) else {
            throw failure(arguments, types)
        }
        var result: [Value] = []
        var place = 0
        for (parameter, count) in zip(parameters, taken) {
            if count == 0 {
                if parameter.takesContext {
                    result.append(try fromContext(parameter, context, place))
                } else {
                    result.append(arguments.at(place))
                    place += 1
                }
            }
            for _ in 0..<count {
                // An optional parameter that took none has stepped over one, as the reference does.
                result.append(try converted(arguments.at(place), parameter, place, machine))
                place += 1
            }
        }
        return result
    }

    /// Whether each argument is its own parameter's, and those that are missing may be.
    private func fits(_ arguments: [Value]) -> Bool {
        guard arguments.count <= parameters.count else {
            return false
        }
        for (place, parameter) in parameters.enumerated() {
            guard
                place < arguments.count
                    ? parameter.types.isSuperset(of: arguments[place].type) : parameter.isOptional
            else {
                return false
            }
        }
        return true
    }

    /// The arguments that fit, converted, with what takes the place of those that are missing.
    private func completed(
        _ arguments: [Value],
        _ context: Value,
        _ machine: Machine
    ) throws(Fault) -> [Value] {
        if isPlain, arguments.count == parameters.count {
            return arguments
        }
        var result: [Value] = []
        result.reserveCapacity(parameters.count)
        for (place, parameter) in parameters.enumerated() {
            if place < arguments.count {
                result.append(try converted(arguments[place], parameter, place, machine))
            } else if parameter.takesContext {
                result.append(try fromContext(parameter, context, arguments.count))
            } else {
                result.append(.undefined)
            }
        }
        return result
    }

    /// Gives each parameter as many arguments as it takes, the earlier ones as many as possible.
    private func match(
        _ parameter: Int,
        _ argument: Int,
        _ types: [ValueType],
        _ taken: inout [Int]
    ) -> Bool {
        guard parameter < parameters.count else {
            return argument == types.count
        }
        let wanted = parameters[parameter]
        var most = 0
        let limit = wanted.isRepeated ? types.count - argument : 1
        while most < limit, argument + most < types.count,
            wanted.types.isSuperset(of: types[argument + most])
        {
            most += 1
        }
        let least = wanted.isOptional ? 0 : 1
        guard most >= least else {
            return false
        }
        for count in stride(from: most, through: least, by: -1) {
            taken.append(count)
            if match(parameter + 1, argument + count, types, &taken) {
                return true
            }
            taken.removeLast()
        }
        return false
    }

    private func fromContext(
        _ parameter: Parameter,
        _ context: Value,
        _ place: Int
    ) throws(Fault) -> Value {
        var value = context
        if case .array(let node) = context, node.traits.contains(.wrapper) {
            value = node[0]
        }
        guard parameter.types.isSuperset(of: value.type) else {
            throw Fault("T0411", value: value.json(), detail: String(place + 1))
        }
        return value
    }

    private func converted(
        _ value: Value,
        _ parameter: Parameter,
        _ place: Int,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard parameter.isArray, value.isDefined else {
            return value
        }
        let element = parameter.element.flatMap { ValueType(letter: $0) }
        guard case .array(let node) = value else {
            if let element, !element.isSuperset(of: value.type) {
                throw mismatch(value, parameter, place)
            }
            return .array(ArrayNode([value]))
        }
        guard let element, node.count > 0, element != .number || node.range == nil else {
            return value
        }
        try machine.count(node.count)
        for item in node.elements where !element.isSuperset(of: item.type) {
            throw mismatch(value, parameter, place)
        }
        return value
    }

    private func mismatch(_ value: Value, _ parameter: Parameter, _ place: Int) -> Fault {
        let names: [UInt8: String] = [
            UInt8(ascii: "a"): "arrays", UInt8(ascii: "b"): "booleans",
            UInt8(ascii: "f"): "functions", UInt8(ascii: "n"): "numbers",
            UInt8(ascii: "o"): "objects", UInt8(ascii: "s"): "strings",
        ]
        let wanted = parameter.element.flatMap { names[$0] } ?? ""
        return Fault("T0412", value: value.json(), detail: "\(place + 1) \(wanted)")
    }

    /// The error for the first argument that no choice fits.
    private func failure(_ arguments: [Value], _ types: [ValueType]) -> Fault {
        var place = 0
        for parameter in parameters {
            var count = 0
            let limit = parameter.isRepeated ? types.count : 1
            while count < limit, place + count < types.count,
                parameter.types.isSuperset(of: types[place + count])
            {
                count += 1
            }
            if count == 0, !parameter.isOptional {
                break
            }
            place += count
        }
        let value = place < arguments.count ? arguments[place].json() : nil
        return Fault("T0410", value: value, detail: String(place + 1))
    }
}
