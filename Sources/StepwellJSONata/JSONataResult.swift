public import StepwellJSON

/// What an evaluation on a document gave, converted to JSON only where that is asked for.
public struct JSONataResult {
    private let value: Value
    /// How many bytes of JSON it may become.
    private let room: JSONRoom
    private let position: Int
    private let revision: JSONataRevision

    init(_ value: Value, of machine: Machine, position: Int) {
        self.value = value
        self.position = position
        revision = machine.revision
        room = JSONRoom(bytes: machine.bytes, namesNonFinite: machine.namesNonFinite)
    }

    /// Whether the expression has a value.
    public var isDefined: Bool { value.isDefined }

    /// The value as JSON.
    ///
    /// - Returns: the value, nil when the expression has none.
    /// - Throws: U1001 when it is larger than the evaluation had bytes left.
    public func json() throws(JSONataError) -> JSONValue? {
        if let given = value.given {
            return given
        }
        var room = room
        let json = value.json(&room)
        guard room.bytes >= 0 else {
            throw JSONataError(Fault("U1001", position: position, detail: "bytes"), revision)
        }
        return json
    }
}
