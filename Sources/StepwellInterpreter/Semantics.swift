/// The revisions of what the interpreter decides.
///
/// Every change that can alter a record of an execution gets a new revision and a line here, and is
/// asked for by number where it is made.
///
/// | revision | change |
/// | --- | --- |
/// | 1 | the first |
package enum Semantics {
    /// What new executions follow.
    package static let current: UInt16 = 1

    /// Whether this engine can still derive turns of a revision.
    package static func isDerivable(_ revision: UInt16) -> Bool {
        (1...current).contains(revision)
    }
}
