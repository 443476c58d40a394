/// Which hosts may be called.
///
/// A host is `name`, `name:port`, `*.domain` (any name below it), an address, `[address]:port`, or
/// a network as `10.0.0.0/8`.
package struct OutgoingRulesSettings: Sendable, Hashable {
    /// The hosts that may be called, and no others; nil when all may but those that are denied.
    package var allow: [String]?
    /// Hosts that may not be called, whatever is allowed.
    package var deny: [String]
    /// Link-local addresses and those of metadata services that may be called all the same.
    package var allowLinkLocal: [String]
    /// The largest answer that is read, in bytes; nil for the default of each kind of call.
    package var maximumAnswerBytes: Int?

    package init() {
        allow = nil
        deny = []
        allowLinkLocal = []
        maximumAnswerBytes = nil
    }
}
