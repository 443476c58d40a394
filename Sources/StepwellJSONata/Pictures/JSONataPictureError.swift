/// A picture, radix or text that a formatting or parsing function of JSONata refuses.
package struct JSONataPictureError: Error, Sendable, Equatable {
    /// The reference's code, such as `D3080`; `U1001` where the result would exceed a limit.
    package let code: String
    /// The offending text, where the reference names one.
    package let value: String?

    /// An error with its code and, where there is one, the offending text.
    package init(_ code: String, value: String? = nil) {
        self.code = code
        self.value = value
    }
}
