package import StepwellHistory
package import StepwellJSON

/// Writes the members of one JSON object of a response, in order, straight to bytes.
package struct ResponseFields {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]
    private var isEmpty = true

    package init() {
        bytes.reserveCapacity(256)
    }

    /// The object's text.
    package consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// A string; nothing when there is none.
    package mutating func add(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        key(name)
        JSONWriter.write(.string(value), into: &bytes)
    }

    /// The text of a payload, as a string.
    package mutating func add(_ name: StaticString, _ payload: Payload?) {
        add(name, payload?.string)
    }

    /// A truth value.
    package mutating func add(_ name: StaticString, _ value: Bool) {
        raw(name, Array((value ? "true" : "false").utf8))
    }

    /// An integer.
    package mutating func add(_ name: StaticString, _ value: Int?) {
        guard let value else { return }
        raw(name, Array(String(value).utf8))
    }

    /// A number.
    package mutating func add(_ name: StaticString, _ value: Double) {
        guard let number = JSONNumber(finite: value) else { return }
        add(name, .number(number))
    }

    /// A time as the protocol has it: seconds since the epoch with a fraction.
    package mutating func add(_ name: StaticString, _ time: Timestamp?) {
        guard let time else { return }
        key(name)
        bytes.append(contentsOf: time.epochSeconds.text.utf8)
    }

    /// A JSON value.
    package mutating func add(_ name: StaticString, _ value: JSONValue) {
        key(name)
        JSONWriter.write(value, into: &bytes)
    }

    /// A JSON value under a name that needs no escapes.
    package mutating func add(named name: String, _ value: JSONValue) {
        separate()
        JSONWriter.write(.string(name), into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        JSONWriter.write(value, into: &bytes)
    }

    /// A nested object under a name that needs no escapes.
    package mutating func add(named name: String, _ members: ResponseFields) {
        separate()
        JSONWriter.write(.string(name), into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: members.finished())
    }

    /// A nested object.
    package mutating func add(_ name: StaticString, _ members: ResponseFields) {
        raw(name, members.finished())
    }

    /// An array of objects.
    package mutating func add(_ name: StaticString, _ items: [ResponseFields]) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: item.finished())
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// A member whose value is JSON text already.
    package mutating func raw(_ name: StaticString, _ text: [UInt8]) {
        key(name)
        bytes.append(contentsOf: text)
    }

    private mutating func separate() {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
    }

    private mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }
}
