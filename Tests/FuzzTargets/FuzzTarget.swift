/// One thing that is fed arbitrary bytes: what it does with them, and what must hold afterwards.
///
/// A new language is one more value of the table `all`.
package struct FuzzTarget: Sendable {
    /// The name on the command line of `Tools/fuzz`.
    package let name: String
    /// Inputs to start from, in our own words; `Tools/fuzz` adds those of the conformance data.
    package let seeds: [String]
    /// Feeds the bytes; the complaint when a property does not hold.
    package let complaint: @Sendable ([UInt8]) -> String?

    /// Every target.
    package static let all: [FuzzTarget] = [
        definition, jsonPath, intrinsics, jsonata, execution,
    ]

    /// The target of a name.
    package static func named(_ name: String) -> FuzzTarget? {
        all.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
