extension Builtins {
    /// Functions of objects, and of any value.
    static let objects: [Builtin] = [
        Builtin("keys", "<x-:a<s>>", 1) { (arguments, machine, _) throws(Fault) in
            var keys: ContiguousArray<Value> = []
            var known: Set<KeyBytes> = []
            try ObjectFunctions.keys(arguments.at(0), &keys, &known, machine)
            return .sequence(keys)
        },
        Builtin("lookup", "<x-s:x>", 2) { (arguments, machine, _) throws(Fault) in
            guard let key = arguments.string(1) else {
                return .undefined
            }
            return try Selection.lookup(key, in: arguments.at(0), machine)
        },
        Builtin("spread", "<x-:a<o>>", 1) { (arguments, machine, _) throws(Fault) in
            try ObjectFunctions.spread(arguments.at(0), machine)
        },
        Builtin("merge", "<a<o>:o>", 1) { (arguments, machine, _) throws(Fault) in
            guard let node = arguments.array(0) else {
                return .undefined
            }
            let result = ObjectNode()
            for case .object(let object) in node.elements {
                try machine.count(object.count)
                for member in object.all {
                    result.set(member.key, member.value)
                }
            }
            return try machine.checked(.object(result))
        },
        Builtin("clone", "<(oa)-:o>", 1) { (arguments, machine, _) throws(Fault) in
            try TransformNode.copy(arguments.at(0), machine)
        },
        Builtin("type", "<x:s>", 1) { (arguments, _, _) throws(Fault) in
            let type = arguments.at(0).type
            let names: [(ValueType, String)] = [
                (.null, "null"), (.number, "number"), (.string, "string"), (.bool, "boolean"),
                (.array, "array"), (.object, "object"), (.function, "function"),
            ]
            return names.first { $0.0 == type }.map { .string($0.1) } ?? .undefined
        },
        Builtin("error", "<s?:x>", 1) { (arguments, _, _) throws(Fault) in
            throw Fault("D3137", detail: arguments.string(0) ?? "$error() function evaluated")
        },
        Builtin("assert", "<bs?:x>", 2) { (arguments, machine, _) throws(Fault) in
            guard try machine.isTrue(arguments.at(0)) else {
                throw Fault("D3141", detail: arguments.string(1) ?? "$assert() statement failed")
            }
            return .undefined
        },
    ]
}

/// What the functions of objects do.
enum ObjectFunctions {
    static func keys(
        _ value: Value,
        _ keys: inout ContiguousArray<Value>,
        _ known: inout Set<KeyBytes>,
        _ machine: Machine
    ) throws(Fault) {
        try machine.count()
        switch value {
        case .object(let node):
            try machine.count(node.count)
            for member in node.all where known.insert(KeyBytes(member.key)).inserted {
                keys.append(.string(member.key))
            }
        case .array(let node):
            for element in node.elements {
                try Self.keys(element, &keys, &known, machine)
            }
        default: break
        }
    }

    /// Objects of one member each; another value stays as it is.
    static func spread(_ value: Value, _ machine: Machine) throws(Fault) -> Value {
        try machine.count()
        switch value {
        case .array(let node):
            var found: ContiguousArray<Value> = []
            for element in node.elements {
                try Selection.append(try spread(element, machine), to: &found, machine)
            }
            return try machine.checked(.sequence(found))
        case .object(let node):
            var found: ContiguousArray<Value> = []
            try machine.count(node.count * Machine.containerSteps)
            for member in node.all {
                let single = ObjectNode()
                single.set(member.key, member.value)
                found.append(.object(single))
            }
            return try machine.checked(.sequence(found))
        default: return value
        }
    }
}
