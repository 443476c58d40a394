import Crypto
import StepwellEngine
package import StepwellHistory
import StepwellJSON

/// A key by which callers of routes are known, of which only a digest is kept.
package struct RouteKey: Sendable, Hashable {
    package let name: String
    /// SHA-256 of the key, in hexadecimal digits.
    package var digest: String
    package let created: Timestamp
    package var rate: RouteRate?
    /// Whether the configuration file defines it.
    package var isFromFile = false

    package init(name: String, key: String, created: Timestamp, rate: RouteRate? = nil) {
        self.name = name
        digest = Self.digest(of: key)
        self.created = created
        self.rate = rate
    }

    /// What is kept of a key.
    ///
    /// Keys are drawn with 192 bits, or chosen by who writes the configuration file: a digest
    /// without salt is looked up as it is, in a time that says nothing of the keys there are.
    package static func digest(of key: String) -> String {
        Hexadecimal.text(SHA256.hash(data: Array(key.utf8)))
    }

    /// A new key that nobody guesses.
    static func drawn(from entropy: any Entropy) -> String {
        "swk_" + Hexadecimal.text(entropy.bytes(24))
    }

    /// The row that holds it.
    var row: TriggerRow {
        var members: JSONObject = [
            "name": .string(name), "digest": .string(digest),
            "created": .number(JSONNumber(created.milliseconds)), "isFromFile": .bool(isFromFile),
        ]
        members["rate"] = rate?.json
        return TriggerRow(
            .apiKey,
            key: TriggerKey.names(name),
            value: JSONWriter.write(.object(members))
        )
    }

    /// Reads a row; nil when it holds no key.
    init?(row value: [UInt8]) {
        guard let json = try? JSONParser.parse(value), let name = json["name"]?.stringValue,
            let digest = json["digest"]?.stringValue, let created = json["created"]?.intValue
        else { return nil }
        self.name = name
        self.digest = digest
        self.created = Timestamp(milliseconds: Int64(created))
        rate = json["rate"].flatMap { RouteRate($0) }
        isFromFile = json["isFromFile"]?.boolValue ?? false
    }
}
