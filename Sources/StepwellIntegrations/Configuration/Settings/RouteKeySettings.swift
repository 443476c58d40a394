/// A key of callers of HTTP routes, as a configuration file defines it.
package struct RouteKeySettings: Sendable, Hashable {
    package let name: String
    package let key: Secret
    /// Requests a second, and how many may come at once; nil is any.
    package let rate: Double?
    package let burst: Double?
}
