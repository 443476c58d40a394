/// Where a service is called, and what its requests are signed for.
struct AWSEndpoint: Sendable, Hashable {
    /// Scheme, host, port, and a path that the service's own is put behind; no `/` at the end.
    var url: String
    var signingRegion: String
    /// Whether somebody named it: emulators know no hosts below it.
    var isOverridden: Bool
}
