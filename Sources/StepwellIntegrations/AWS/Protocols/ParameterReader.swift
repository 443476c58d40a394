import StepwellJSON
import StepwellLanguage

/// Fits a task's parameters to the shapes of an action's model.
///
/// As AWS does: a `null` is no value, a text may be given as any JSON, numbers and truth values as
/// texts, and what the model does not have is refused by name.
struct ParameterReader {
    let model: ServiceModel
    let call: AWSCall

    /// The members of the action's input.
    func members(
        _ object: JSONObject,
        of structure: StructureShape
    ) throws(AWSFault) -> [(member: MemberShape, value: WireValue)] {
        var members: [(member: MemberShape, value: WireValue)] = []
        for (key, value) in object {
            guard let member = structure.member(key, isStrict: call.isStrict) else {
                throw .parameters("The field \"\(key)\" is not supported by Step Functions")
            }
            if value.isNull { continue }
            if member.name == structure.payload, let payload = payload(member, value) {
                members.append((member, payload))
            } else {
                members.append((member, try read(value, member, key)))
            }
        }
        if let bytes = call.payload, let member = structure.payloadMember,
            !members.contains(where: { $0.member.name == member.name })
        {
            members.append((member, .blob(bytes)))
        }
        if let key = call.idempotencyKey {
            for member in structure.members where member.traits.isIdempotencyToken {
                guard !members.contains(where: { $0.member.name == member.name }) else { continue }
                members.append((member, .string(IdempotencyToken.uuid(key))))
            }
        }
        return members
    }

    /// The value of a member that is the body as it is; nil when it is a structure.
    private func payload(_ member: MemberShape, _ value: JSONValue) -> WireValue? {
        guard case .blob = model.shape(member) else { return nil }
        if let bytes = call.payload { return .blob(bytes) }
        if case .string(let text) = value, !call.quotesPayload { return .blob(Array(text.utf8)) }
        return .blob(JSONWriter.write(value))
    }

    private func read(
        _ value: JSONValue,
        _ member: MemberShape,
        _ field: String
    ) throws(AWSFault) -> WireValue {
        if member.traits.isJSON { return .document(value) }
        switch model.shape(member) {
        case .structure(let structure): return try read(value, structure, field)
        case .list(let element):
            guard case .array(let values) = value else { throw refusal(field, "a LIST", value) }
            var read: [WireValue] = []
            for value in values where !value.isNull {
                read.append(try self.read(value, element, field))
            }
            return .list(element: element, read)
        case .map(let key, let element):
            guard case .object(let object) = value else { throw refusal(field, "a MAP", value) }
            var read: [(key: String, value: WireValue)] = []
            for (key, value) in object where !value.isNull {
                read.append((key, try self.read(value, element, key)))
            }
            return .map(key: key, value: element, read)
        case .string: return .string(Self.text(value))
        case .boolean: return .bool(try bool(value, field))
        case .integer: return .number(try number(value, field), isSingle: false)
        case .float: return .number(try number(value, field), isSingle: true)
        case .double: return try double(value, field)
        case .timestamp: return .timestamp(try timestamp(value, field))
        case .blob: return .blob(try blob(value, field))
        }
    }

    private func read(
        _ value: JSONValue,
        _ structure: StructureShape,
        _ field: String
    ) throws(AWSFault) -> WireValue {
        if structure.isDocument { return .document(value) }
        if structure.isEventStream {
            throw .parameters("the field \(field) is a stream of events, which is not supported")
        }
        guard case .object(let object) = value else { throw refusal(field, "a STRUCTURE", value) }
        return .structure(try members(object, of: structure))
    }

    /// A text; anything else as its JSON text, as AWS does.
    private static func text(_ value: JSONValue) -> String {
        value.stringValue ?? JSONWriter.string(value)
    }

    private func bool(_ value: JSONValue, _ field: String) throws(AWSFault) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .string(let text) where text.lowercased() == "true": return true
        case .string(let text) where text.lowercased() == "false": return false
        default: throw refusal(field, "a BOOLEAN", value)
        }
    }

    private func number(_ value: JSONValue, _ field: String) throws(AWSFault) -> JSONNumber {
        if case .number(let number) = value { return number }
        if case .string(let text) = value, case .number(let number)? = try? JSONParser.parse(text) {
            return number
        }
        throw refusal(field, "a NUMBER", value)
    }

    private func double(_ value: JSONValue, _ field: String) throws(AWSFault) -> WireValue {
        if case .string(let text) = value, ["NaN", "Infinity", "-Infinity"].contains(text) {
            return .string(text)
        }
        return .number(try number(value, field), isSingle: false)
    }

    private func timestamp(_ value: JSONValue, _ field: String) throws(AWSFault) -> StatesTimestamp
    {
        switch value {
        case .string(let text):
            if let time = StatesTimestamp(parsing: text) { return time }
        case .number(let number):
            if let time = TimestampText.timestamp(seconds: number.double) { return time }
        default: break
        }
        throw refusal(field, "a TIMESTAMP (ISO 8601)", value)
    }

    private func blob(_ value: JSONValue, _ field: String) throws(AWSFault) -> [UInt8] {
        guard case .string(let text) = value else { return JSONWriter.write(value) }
        guard let bytes = Base64.decode(text) else { throw refusal(field, "Base64", value) }
        return bytes
    }

    private func refusal(_ field: String, _ wanted: String, _ value: JSONValue) -> AWSFault {
        .parameters("The value for the field '\(field)' must be \(wanted)")
    }
}
