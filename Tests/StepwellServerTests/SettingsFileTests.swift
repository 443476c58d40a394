import StepwellEngine
import StepwellHistory
import Testing

@testable import StepwellServer

@Suite("Settings files")
struct SettingsFileTests {
    private func read(_ text: String) throws -> SettingsFile {
        try SettingsFile(Array(text.utf8), name: "f")
    }

    @Test("Every quota reaches the engine's configuration")
    func quotas() throws {
        let names = Quota.all.map(\.name)
        let members = names.enumerated().map { #""\#($0.element)": \#(2_000 + $0.offset)"# }
            .joined(separator: ",")
            .replacing(#""tagsPerResource": 2007"#, with: #""tagsPerResource": 7"#)
        let file = try read(#"{"quotas": {\#(members)}}"#)
        #expect(file.quotas.count == names.count)
        var configuration = EngineConfiguration()
        file.apply(to: &configuration)
        let limits = configuration.limits
        #expect(limits.openExecutions == 2_000)
        #expect(limits.stateMachines == 2_001)
        #expect(limits.activities == 2_002)
        #expect(limits.pollersPerActivity == 2_003)
        #expect(limits.openActivitiesPerExecution == 2_004)
        #expect(limits.versionsPerStateMachine == 2_005)
        #expect(limits.aliasesPerStateMachine == 2_006)
        #expect(limits.tagsPerResource == 7)
        #expect(limits.nameRetentionMilliseconds == 2_008 * 86_400_000)
        #expect(configuration.executionLimits.historyEvents == 2_009)
        #expect(configuration.expressHistoryEvents == 2_010)
        #expect(configuration.executionLimits.payloadBytes == 2_011)
    }

    @Test("Throttling is off, AWS's own, or as given")
    func throttling() throws {
        #expect(try read("{}").rates(region: "us-east-1") == nil)
        let published = try read(#"{"throttling": "AWS"}"#)
        let start = TokenRate(bucketSize: 1_300, refillPerSecond: 300)
        #expect(published.rates(region: "us-east-1")?["StartExecution"] == start)
        let smaller = TokenRate(bucketSize: 800, refillPerSecond: 150)
        #expect(published.rates(region: "eu-central-1")?["StartExecution"] == smaller)
        for name in TokenRate.published(region: "x").keys {
            #expect(Operation.all[name] != nil, "\(name)")
        }
        let text = #"{"throttling": {"TagResource": {"bucketSize": 2, "refillPerSecond": 0.5}}}"#
        let rate = TokenRate(bucketSize: 2, refillPerSecond: 0.5)
        #expect(try read(text).rates(region: "x") == ["TagResource": rate])
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            ("{", "f:1:2: not valid JSON"),
            ("[]", "f:1:1: an object is expected here"),
            (#"{"quota": {}}"#, "f:1:2: 'quota' is not known; these are: 'quotas', 'throttling'"),
            (#"{"quotas": {"x": 1}}"#, "f:1:13: 'x' is not known"),
            (
                #"{"quotas": {"activities": 0}}"#,
                "f:1:13: 'activities' has to be a whole number from 1 to 10000000"
            ),
            (#"{"quotas": {"activities": "7"}}"#, "f:1:13: 'activities' has to be a whole"),
            (#"{"throttling": "aws"}"#, "f:1:2: 'throttling' is \"AWS\", or an object"),
            (#"{"throttling": {"Start": {}}}"#, "f:1:17: 'Start' is not an operation"),
            (
                #"{"throttling": {"StopExecution": {"bucketSize": 1}}}"#,
                "f:1:17: 'refillPerSecond' is missing here"
            ),
        ]
    )
    func wrong(text: String, problem: String) {
        do {
            _ = try read(text)
            Issue.record("accepted")
        } catch {
            #expect("\(error)".hasPrefix(problem), "\(error)")
        }
    }
}
