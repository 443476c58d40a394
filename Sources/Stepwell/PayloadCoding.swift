import StepwellHistory
import StepwellJSON

/// Turns payloads into Codable values and back.
enum PayloadCoding {
    static func decode<Value: Decodable>(
        _ type: Value.Type,
        from payload: Payload
    ) throws -> Value {
        try JSONValueDecoder().decode(type, from: try payload.value())
    }

    static func encode(_ value: some Encodable) throws -> Payload {
        Payload(try JSONValueEncoder().encode(value))
    }
}
