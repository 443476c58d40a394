import Foundation
import StepwellEngine
import StepwellHistory
public import StepwellJSON

/// How Codable values become JSON, and JSON values: the inputs and outputs of executions and tasks.
///
/// What types of Foundation would write of themselves is of no use to a state machine (a `Date` is
/// seconds since 2001); here a date is the text that `TimestampPath` and JSONata's `$toMillis`
/// read, bytes are Base64, a `URL` is its text and a `Decimal` a number with all of its digits.
/// Keys are as the type's `CodingKeys` have them.
public struct PayloadCoding: Sendable {
    /// How dates are written and read.
    public enum DateStrategy: Sendable, Hashable {
        /// `2026-11-22T20:44:00.123Z`; read with any offset and fraction of a second.
        case rfc3339
        /// A number of seconds since 1970, with a fraction.
        case secondsSince1970
        /// A whole number of milliseconds since 1970.
        case millisecondsSince1970
        /// As `Date` does it itself: seconds since 2001.
        case deferredToDate
    }

    /// How bytes are written and read.
    public enum DataStrategy: Sendable, Hashable {
        /// Base64 (RFC 4648) with padding.
        case base64
        /// As `Data` does it itself: an array of numbers.
        case deferredToData
    }

    /// How dates are written and read.
    public var dates: DateStrategy
    /// How bytes are written and read.
    public var data: DataStrategy
    /// What the coded types can look up in their coders.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

    /// A coding; by default dates are RFC 3339 and bytes Base64.
    public init(dates: DateStrategy = .rfc3339, data: DataStrategy = .base64) {
        self.dates = dates
        self.data = data
    }

    /// The JSON of a value.
    ///
    /// - Throws: `EncodingError` for what JSON cannot say, and what `value` itself throws.
    public func encode(_ value: some Encodable) throws -> JSONValue {
        var encoder = JSONValueEncoder()
        encoder.userInfo = userInfo
        encoder.rules = rules
        return try encoder.encode(value)
    }

    /// The value of a type that JSON stands for.
    ///
    /// - Throws: `DecodingError`, whose coding path names the part that does not fit, and what
    ///   `type` itself throws.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self,
        from json: JSONValue
    ) throws -> Value {
        var decoder = JSONValueDecoder()
        decoder.userInfo = userInfo
        decoder.rules = rules
        return try decoder.decode(type, from: json)
    }

    func decode<Value: Decodable>(_ type: Value.Type, from payload: Payload) throws -> Value {
        try decode(type, from: try payload.value())
    }

    func payload(of value: some Encodable) throws -> Payload {
        Payload(try encode(value))
    }

    private var rules: JSONCodingRules {
        JSONCodingRules(
            encode: { try json(of: $0, at: $1) },
            decode: { try value(of: $0, from: $1, at: $2) }
        )
    }
}

extension PayloadCoding {
    private func json(of value: any Encodable, at path: [any CodingKey]) throws -> JSONValue? {
        switch value {
        case let date as Date: try json(of: date, at: path)
        case let bytes as Data: data == .base64 ? .string(bytes.base64EncodedString()) : nil
        case let url as URL: .string(url.absoluteString)
        case let decimal as Decimal: try JSONValue(parsing: decimal.description)
        default: nil
        }
    }

    private func json(of date: Date, at path: [any CodingKey]) throws -> JSONValue? {
        guard let time = Timestamp(exactly: date) else {
            let what = "a date so far from 1970 cannot be written"
            throw EncodingError.invalidValue(date, .init(codingPath: path, debugDescription: what))
        }
        switch dates {
        case .rfc3339: return .string(time.rfc3339)
        case .secondsSince1970: return .number(JSONNumber(date.timeIntervalSince1970))
        case .millisecondsSince1970: return .number(JSONNumber(time.milliseconds))
        case .deferredToDate: return nil
        }
    }

    private func value(
        of type: any Any.Type,
        from json: JSONValue,
        at path: [any CodingKey]
    ) throws -> Any? {
        if type == Date.self, dates != .deferredToDate { return try date(json, at: path) }
        if type == Data.self, data == .base64 {
            return try read(json, at: path, "Base64") { $0.stringValue.flatMap(Data.init(base64:)) }
        }
        if type == URL.self {
            return try read(json, at: path, "a URL") { $0.stringValue.flatMap { URL(string: $0) } }
        }
        if type == Decimal.self {
            return try read(json, at: path, "a decimal number") { value in
                guard case .number(let number) = value else { return nil }
                return Decimal(string: number.text)
            }
        }
        return nil
    }

    private func date(_ json: JSONValue, at path: [any CodingKey]) throws -> Date {
        switch dates {
        case .rfc3339, .deferredToDate:
            try read(json, at: path, "an RFC 3339 date") { value in
                value.stringValue.flatMap { Timestamp(rfc3339: $0) }.map(Date.init)
            }
        case .secondsSince1970:
            try read(json, at: path, "seconds since 1970") { value in
                value.doubleValue.map { Date(timeIntervalSince1970: $0) }
            }
        case .millisecondsSince1970:
            try read(json, at: path, "milliseconds since 1970") { value in
                value.doubleValue.map { Date(timeIntervalSince1970: $0 / 1_000) }
            }
        }
    }

    /// What a value stands for; throws, with what it should have been, when it stands for nothing.
    private func read<Value>(
        _ json: JSONValue,
        at path: [any CodingKey],
        _ expected: String,
        _ reading: (JSONValue) -> Value?
    ) throws -> Value {
        if let value = reading(json) { return value }
        let context = DecodingError.Context(
            codingPath: path,
            debugDescription: "expected \(expected)"
        )
        throw json.isNull
            ? DecodingError.valueNotFound(Value.self, context)
            : DecodingError.dataCorrupted(context)
    }
}

extension Data {
    fileprivate init?(base64 text: String) {
        self.init(base64Encoded: text)
    }
}
