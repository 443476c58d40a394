/// The revisions of what the interpreter decides.
///
/// Every change that can alter a record of an execution gets a new revision and a line here, and is
/// asked for by number where it is made.
///
/// | revision | change |
/// | --- | --- |
/// | 1 | the first |
/// | 2 | quotas of parameters and variables; variables named by bytes; Map.Item.Source; a catcher
/// that fails leaves the failure to the states around it |
/// | 3 | a heartbeat that is not within the timeout fails the task; a Map or Parallel state whose
/// catcher fails is recorded as failed once |
/// | 4 | work that nothing serves, a role that cannot be assumed and an activity beyond the quota
/// fail before they are scheduled or started |
/// | 5 | a redrive goes on with a Map Run that did not succeed instead of starting another |
/// | 6 | a value far beyond the quota of payloads fails before it is written out |
/// | 7 | one budget for all fields of a state; what a Parallel state gives its branches is made
/// once, before it starts; States.TaskFailed does not stand for a missed heartbeat; a Map or
/// Parallel state that has succeeded does not fail; results nested too deeply fail by that name;
/// the event that ends an execution is the last that its history can take;
/// a nested execution or a job that is to be stopped counts as outstanding work of its parent;
/// what nothing does is tried again by retriers only that name `Stepwell.NoHandler`;
/// a Parallel state does not start more branches than the history has room for events;
/// tasks of `.sync` have a token; catchers of tasks get `null` for what is not said;
/// expressions give what AWS was measured to give (`JSONataRevision`), their fields are named with
/// the rule or catcher and with indexes in brackets; only items of a Map Run have a Source;
/// paths, payload templates, intrinsic functions and Choice rules as AWS's outcomes show them
/// (`PathDialect`): values, the order of members, names and causes of errors |
package enum Semantics {
    /// What new executions follow.
    package static let current: UInt16 = 7

    /// The revision that holds parameters and variables to their quotas.
    static let dataQuotas: UInt16 = 2
    /// The revision in which a catcher that fails leaves the failure to the states around it.
    static let catchersFailUpwards: UInt16 = 2
    /// The revision that tells the names of variables apart by their bytes.
    static let variableBytes: UInt16 = 2
    /// The revision in which an item says where it comes from.
    static let itemSource: UInt16 = 2

    /// The revision that holds heartbeats to the timeouts around them.
    static let heartbeatsWithinTimeouts: UInt16 = 3
    /// The revision in which a Map or Parallel state is recorded as failed once.
    static let containersFailOnce: UInt16 = 3

    /// The revision in which work can fail before it is scheduled or started.
    static let failuresBeforeWork: UInt16 = 4
    /// The revision in which a redrive goes on with a Map Run instead of starting another.
    static let mapRunsRedriven: UInt16 = 5
    /// The revision in which values that are far too large are not written out.
    static let valuesBounded: UInt16 = 6
    /// The revision in which executions and jobs that are to be stopped count as work.
    static let stopsOwed: UInt16 = 7

    /// The revision in which the fields of a state share one budget.
    static let decisionBudgets: UInt16 = 7
    /// The revision in which what a Parallel state gives its branches is made once.
    static let branchInputOnce: UInt16 = 7
    /// The revision in which a missed heartbeat is a timeout to `States.TaskFailed`.
    static let heartbeatsAreTimeouts: UInt16 = 7
    /// The revision in which a Map or Parallel state that has succeeded does not fail.
    static let containersEndOnce: UInt16 = 7
    /// The revision in which a Parallel state whose branches the history has no room for ends the
    /// execution before they start.
    static let branchesWithinHistory: UInt16 = 7
    /// The revision in which nothing comes after the last event that a history can take.
    static let endIsLast: UInt16 = 7
    /// The revision in which wildcards of retriers do not stand for what nothing does.
    static let absencesNotRetried: UInt16 = 7

    /// The revision in which what whoever fails a task does not say is `null` to catchers.
    static let unsaidIsNull: UInt16 = 7
    /// The revision that reads paths and what is made of them in the current dialect.
    static let currentDialect: UInt16 = 7
    /// The revision in which tasks that end with a job have a token.
    static let jobsHaveTokens: UInt16 = 7

    /// The revision in which expressions, and the names of their fields, are as measured on AWS.
    static let measuredExpressions: UInt16 = 7
    /// The revision in which only an item of a Map Run says where it comes from.
    static let itemSourceOfMapRuns: UInt16 = 7

    /// Whether this engine can still derive turns of a revision.
    package static func isDerivable(_ revision: UInt16) -> Bool {
        (1...current).contains(revision)
    }
}
