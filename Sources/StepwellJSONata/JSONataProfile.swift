/// Whose JSONata is spoken.
public enum JSONataProfile: Sendable {
    /// The language of the reference implementation, version 2.2.
    case full
    /// The language of AWS Step Functions: without `$eval`, with `$partition`, `$range`, `$hash`,
    /// `$random` (which takes a seed), `$uuid` and `$parse`.
    case aws
}
