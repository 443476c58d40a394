/// The revisions of what expressions give: an execution is replayed by the one that it began with.
///
/// | revision | change |
/// | --- | --- |
/// | first | the first |
/// | measured | as AWS was measured to answer: what `$range`, `$partition`, `$random`, `$hash` and
/// `$parse` take, give and say; whole numbers in full as text; numbers that JSON has not by their
/// names; the zones of times as the number that they begin with; the reference's texts of errors |
public enum JSONataRevision: Int, Sendable, Hashable, Comparable {
    case first = 1
    case measured = 2

    /// The newest.
    public static let current = JSONataRevision.measured

    /// Whether AWS's functions, and `$parseInteger`, are the measured ones.
    var hasMeasuredFunctions: Bool { self >= .measured }
    /// Whether `$string` and `&` write all digits of a whole number.
    var writesWholeNumbersInFull: Bool { self >= .measured }
    /// Whether AWS's profile writes infinity, and what is no number, as text.
    var namesNonFiniteNumbers: Bool { self >= .measured }
    /// Whether a zone is the number at its beginning.
    var readsLeadingZoneNumber: Bool { self >= .measured }
    /// Whether the texts of errors are the reference's throughout.
    var hasReferenceTexts: Bool { self >= .measured }

    /// Whether a revision is the earlier one.
    public static func < (left: JSONataRevision, right: JSONataRevision) -> Bool {
        left.rawValue < right.rawValue
    }
}
