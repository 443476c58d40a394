/// What tasks may use outside, as a configuration file says it.
///
/// A value of its own: it is made as a whole and taken in place of another as a whole.
package struct IntegrationSettings: Sendable, Hashable {
    package var functions: [FunctionSettings]
    package var aws: AWSSettings
    package var connections: [ConnectionSettings]
    package var buckets: [BucketSettings]
    package var runners: [LocalRunnerSettings]
    /// How many local tasks and jobs run at once; others wait.
    package var runnerConcurrency: Int
    package var outgoing: OutgoingRulesSettings

    /// Nothing but the defaults.
    package init() {
        functions = []
        aws = AWSSettings()
        connections = []
        buckets = []
        runners = []
        runnerConcurrency = 8
        outgoing = OutgoingRulesSettings()
    }
}
