/// The version of this product, which everything that names one takes from here.
package enum ProductVersion {
    /// The version as semver.org has it.
    package static let current = "0.9.0"

    /// What HTTP's `User-Agent` and `Server` fields say: `stepwell/0.9.0`.
    package static let product = "stepwell/\(current)"
}
