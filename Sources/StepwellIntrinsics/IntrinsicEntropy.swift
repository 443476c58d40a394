/// Where `States.UUID` and `States.MathRandom` draw from, so that the caller can record each draw
/// and give it again on replay.
package protocol IntrinsicEntropy {
    /// A version 4 UUID in its 36 characters of lower-case text.
    mutating func uuid() -> String

    /// A number of `range`, which is not empty; the same for the same seed and range.
    mutating func random(in range: Range<Int64>, seed: Int64?) -> Int64
}
