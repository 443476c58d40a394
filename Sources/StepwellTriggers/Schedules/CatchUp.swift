import StepwellHistory

/// What becomes of times at which a schedule was due while nothing ran, or while the clock was set
/// over them.
///
/// AWS has no such rule, since its scheduler does not stand still: there every time is delivered,
/// or given up when it has become older than the retry policy's `MaximumEventAgeInSeconds`.
package enum CatchUp: String, Sendable, Hashable, CaseIterable {
    /// They are left out.
    case none
    /// The last of them is made up for, however long ago, the others are left out. It counts where
    /// nothing is said.
    case last
    /// All are made up for that are not older than the retry policy has it.
    case all

    /// How late something is that counts as missed, in milliseconds: schedules are precise to a
    /// minute.
    static let tolerance: Int64 = 60_000
}
