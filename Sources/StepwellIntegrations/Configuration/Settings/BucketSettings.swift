/// An S3 bucket that is a directory of this machine.
package struct BucketSettings: Sendable, Hashable {
    package var name: String
    /// The directory, absolute.
    package var directory: String

    package init(name: String, directory: String) {
        self.name = name
        self.directory = directory
    }
}
