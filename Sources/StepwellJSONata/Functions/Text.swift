import StepwellJSON

/// Values as text.
enum Text {
    /// What `$string` and `&` make of a value that is there.
    static func string(
        _ value: Value,
        _ machine: Machine,
        pretty: Bool = false
    ) throws(Fault) -> String {
        switch value {
        case .string(let text): return text
        case .function: return ""
        default: break
        }
        if let number = value.number, !number.isFinite {
            guard machine.namesNonFinite else { throw Fault("D3001") }
            return NumberText.string(number)
        }
        var writer = TextWriter(pretty: pretty)
        try writer.write(value, level: 0, machine)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// Writes values as JSON, numbers with 15 significant digits unless they are whole.
private struct TextWriter {
    var bytes: [UInt8] = []
    let pretty: Bool

    init(pretty: Bool) {
        self.pretty = pretty
    }

    mutating func write(
        _ value: Value,
        level: Int,
        _ machine: Machine
    ) throws(Fault) {
        switch value {
        case .undefined, .unbound, .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .number(let value): try write(value, machine)
        case .literal(let literal): try write(literal, machine)
        case .string(let text): write(text)
        case .function: put("\"\"")
        case .array(let node): try write(node, level, machine)
        case .object(let node): try write(node, level, machine)
        }
        guard bytes.count <= machine.bytes else {
            throw Fault("U1001", detail: "bytes")
        }
    }

    private mutating func put(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(_ number: Double, _ machine: Machine) throws(Fault) {
        guard number.isFinite else {
            guard machine.namesNonFinite else { throw .outOfRange(number) }
            return write(NumberText.string(number))
        }
        let isWhole = number == number.rounded(.towardZero)
        let isInFull = isWhole && machine.revision.writesWholeNumbersInFull
        put(NumberText.string(isInFull ? number : NumberText.rounded(toPrecision: number)))
    }

    /// A number of the input: AWS has integers of 64 bits as they are, and others as doubles.
    private mutating func write(_ literal: NumberLiteral, _ machine: Machine) throws(Fault) {
        guard machine.revision.writesWholeNumbersInFull,
            case .integer(let integer) = literal.json.storage
        else { return try write(literal.value, machine) }
        put(integer.description)
    }

    private mutating func write(
        _ node: ArrayNode,
        _ level: Int,
        _ machine: Machine
    ) throws(Fault) {
        try machine.count(node.count)
        put("[")
        for (place, element) in node.elements.enumerated() {
            separate(place, level + 1)
            try write(element, level: level + 1, machine)
        }
        close(node.count, level)
        put("]")
    }

    private mutating func write(
        _ node: ObjectNode,
        _ level: Int,
        _ machine: Machine
    ) throws(Fault) {
        try machine.count(node.count)
        put("{")
        for (place, member) in node.all.enumerated() {
            separate(place, level + 1)
            write(member.key)
            put(pretty ? ": " : ":")
            try write(member.value, level: level + 1, machine)
        }
        close(node.count, level)
        put("}")
    }

    private mutating func separate(_ place: Int, _ level: Int) {
        if place > 0 {
            put(",")
        }
        breakLine(level)
    }

    private mutating func close(_ count: Int, _ level: Int) {
        if count > 0 {
            breakLine(level)
        }
    }

    private mutating func breakLine(_ level: Int) {
        if pretty {
            put("\n")
            bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
        }
    }

    private mutating func write(_ text: String) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22: put("\\\"")
            case 0x5C: put("\\\\")
            case 0x08: put("\\b")
            case 0x09: put("\\t")
            case 0x0A: put("\\n")
            case 0x0C: put("\\f")
            case 0x0D: put("\\r")
            case 0..<0x20:
                put("\\u00")
                bytes.append(0x30 + (byte >> 4))
                let digit = byte & 0x0F
                bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}
