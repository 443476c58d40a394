/// Where access keys come from.
package protocol AccessKeySource: Sendable {
    /// The keys that are good now, by their identifiers.
    var keys: [String: AccessKey] { get }
}
