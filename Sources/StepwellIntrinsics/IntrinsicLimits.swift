/// The limits of intrinsic functions, each from the page "Intrinsic functions" of AWS's
/// Step Functions developer guide.
package enum IntrinsicLimits {
    /// The most functions within one field, the outer one included ("you can nest up to 10
    /// intrinsic functions within a field"; the guide counts its example of nine that way).
    package static let functions = 10
    /// The most items that `States.ArrayRange` makes.
    package static let rangeItems = 1_000
    /// The most characters that `States.Base64Encode` and `States.Base64Decode` take.
    package static let base64Characters = 10_000
    /// The most characters that `States.Hash` takes.
    package static let hashCharacters = 10_000
}
