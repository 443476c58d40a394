/// What has become of one visit to a state.
public enum VisitStatus: String, Sendable, Hashable, CaseIterable {
    /// The state is under way; between two attempts too.
    case running
    /// It was left by its own way out.
    case succeeded
    /// Its failure went up to whatever is around it, or ended the execution.
    case failed
    /// It failed, and a catcher took the failure up.
    case caught
    /// It was given up because something else failed, or because the execution was stopped.
    case aborted
    /// The execution's time was over while it was under way.
    case timedOut
}
