/// Which object of which bucket.
package struct ObjectName: Sendable, Hashable, CustomStringConvertible {
    package var bucket: String
    package var key: String
    /// A version of it; nil for the newest.
    package var version: String?

    package init(bucket: String, key: String, version: String? = nil) {
        self.bucket = bucket
        self.key = key
        self.version = version
    }

    package var description: String { "s3://\(bucket)/\(key)" }
}
