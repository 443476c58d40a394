/// Which reading of paths, payload templates, Choice rules and intrinsic functions applies.
///
/// An execution keeps the reading that it began with, so that its log can be derived again.
package enum PathDialect: Sendable {
    /// The first one: of executions up to semantics revision 6.
    case first
    /// As AWS's recorded and measured outcomes show it.
    case current
}
