/// A string as a dictionary key that is compared by its bytes.
///
/// Swift's `String` compares by Unicode equivalence; AWS's names do not.
package struct ByteKey: Sendable, Hashable {
    private let bytes: [UInt8]

    package init(_ string: String) {
        bytes = [UInt8](string.utf8)
    }
}
