/// The form of the ARNs of roles.
package enum RoleName {
    /// Whether a text is `arn:PARTITION:iam::ACCOUNT:role/NAME` with an account of 12 digits, which
    /// is what can be assumed.
    package static func isARN(_ text: String) -> Bool {
        let parts = text.utf8.split(
            separator: UInt8(ascii: ":"),
            maxSplits: 5,
            omittingEmptySubsequences: false
        )
        guard parts.count == 6, parts[0].elementsEqual("arn".utf8), !parts[1].isEmpty,
            parts[2].elementsEqual("iam".utf8), parts[3].isEmpty
        else { return false }
        let prefix = "role/".utf8
        return parts[4].count == 12 && parts[4].allSatisfy { (48...57).contains($0) }
            && parts[5].starts(with: prefix) && parts[5].count > prefix.count
    }
}
