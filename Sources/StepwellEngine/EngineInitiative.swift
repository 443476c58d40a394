/// What an engine does without being asked.
///
/// What one leaves undone is taken up by the next that does everything.
package enum EngineInitiative: Sendable {
    /// It takes up what earlier lives left unfinished, fires every timer, hands out every task.
    case everything
    /// It sees to the executions that are started in its life, and to those only that it is asked
    /// to change; the others stay as they are.
    case ownExecutions
    /// It answers and changes what it is asked to, takes up nothing, fires no timer and hands out
    /// no task. Its store may be one that is only read, then nothing can be changed.
    case nothing
}
