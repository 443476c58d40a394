/// Why a text is not a call of an intrinsic function, and where.
package struct IntrinsicSyntaxError: Error, Sendable, Equatable {
    /// What is wrong, as a short sentence.
    package let reason: String
    /// The byte of the text where the problem was seen, from 0.
    package let offset: Int

    package init(reason: String, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
