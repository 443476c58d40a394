package import StepwellEngine
import StepwellJSON

/// The settings of a server that a file gives: AWS's quotas, other values for them, throttling.
///
///     {
///       "quotas": {"openExecutions": 1000000, "payloadBytes": 262144},
///       "throttling": {"StartExecution": {"bucketSize": 1300, "refillPerSecond": 300}}
///     }
///
/// `"throttling": "AWS"` stands for the rates that AWS publishes for the region. What is not set
/// is as on AWS, but for throttling, which there is none of.
package struct SettingsFile: Sendable {
    /// What a throttle follows.
    package enum Throttling: Sendable, Equatable {
        case none
        case published
        case rates([String: TokenRate])
    }

    /// Quotas that are set, by name.
    package private(set) var quotas: [String: Int] = [:]
    package private(set) var throttling = Throttling.none

    /// Reads the text of a file; `name` is what errors call it.
    ///
    /// - Throws: `SettingsFileError` with line and column of what is wrong.
    package init(_ text: [UInt8], name: String) throws(SettingsFileError) {
        let document: JSONValue
        do {
            document = try JSONParser.parse(text)
        } catch {
            throw SettingsFileError(
                description:
                    "\(name):\(error.line):\(error.column): not valid JSON: \(error.reason)"
            )
        }
        let reader = SettingsReader(source: JSONSource(text), name: name)
        let root = JSONPointer(tokens: [])
        let members = try reader.object(document, root, ["quotas", "throttling"])
        if let value = members["quotas"] {
            quotas = try reader.quotas(value, root.appending("quotas"))
        }
        if let value = members["throttling"] {
            throttling = try reader.throttling(value, root.appending("throttling"))
        }
    }

    /// Puts the quotas in an engine's configuration.
    package func apply(to configuration: inout EngineConfiguration) {
        for (name, quota) in Quota.all {
            if let value = quotas[name] { quota.set(&configuration, value) }
        }
    }

    /// The rates that calls are held to in a region; nil when they are not.
    package func rates(region: String) -> [String: TokenRate]? {
        switch throttling {
        case .none: nil
        case .published: TokenRate.published(region: region)
        case .rates(let rates): rates
        }
    }
}

/// Why a settings file cannot be used: `file:line:column: problem`.
package struct SettingsFileError: Error, Sendable, CustomStringConvertible {
    package let description: String

    /// A problem, with its place.
    package init(description: String) {
        self.description = description
    }
}
