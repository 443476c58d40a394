import StepwellIntegrations
import Testing

@Suite("What is wrong with a configuration file is said with its place")
struct ConfigurationProblemTests {
    private func problems(_ yaml: String) throws -> [String] {
        do {
            _ = try ConfigurationFile(
                SettingsDocument(yaml: yaml),
                operations: ["StartExecution"],
                surroundings: .scripted
            )
            return []
        } catch let error as SettingsProblems {
            return error.problems.map(\.description)
        }
    }

    @Test(
        "One problem each",
        arguments: [
            ("[]", "f:1:1: a mapping is expected here"),
            ("quota: {}", "f:1:1: 'quota' is not known here; did you mean 'quotas'?"),
            ("xyzzy: 1", "f:1:1: 'xyzzy' is not known here; these are: 'server', 'quotas'"),
            ("server: {port: x}", "f:1:10: a whole number from 0 to 65535 is expected here"),
            ("server: {port: 65536}", "f:1:10: a whole number from 0 to 65535"),
            ("server:\n  accountId: 12", "f:2:3: an account has 12 digits"),
            ("server: {region: 'a:b'}", "f:1:10: 'a:b' cannot be a region"),
            ("server: {allowAnonymous: 1}", "f:1:10: true or false is expected here"),
            ("quotas: {activities: 0}", "f:1:10: a whole number from 1 to 10000000"),
            ("throttling: aws", "f:1:1: 'AWS', or a mapping is expected here"),
            ("throttling: {Start: {}}", "f:1:14: 'Start' is not known here"),
            (
                "throttling: {StartExecution: {bucketSize: 1}}",
                "f:1:14: 'refillPerSecond' is missing"
            ),
            ("functions: {a: {handler: x}}", "f:1:13: 'directory' is missing here"),
            ("functions: {a: {directory: none, handler: x}}", "f:1:17: there is no directory"),
            ("functions: {a b: {directory: x, handler: x}}", "f:1:13: 'a b' cannot be a function"),
            ("functions: {a: {directory: x, handler: x, runtime: []}}", "f:1:43: a runtime is"),
            ("aws: {endpoints: {sqs: localhost}}", "f:1:19: 'localhost' is not a URL"),
            ("aws: {endpoints: {sqs: 'http://h:99999'}}", "f:1:19: 'http://h:99999' is not a URL"),
            ("aws: {endpoints: {sqs: 'http://u:p@h'}}", "f:1:19: 'http://u:p@h' is not a URL"),
            ("aws: {endpoints: {SQS: 'http://h'}}", "f:1:19: 'SQS' is not a service"),
            ("aws: {endpoints: {sqs: {region: x}}}", "f:1:19: 'url' is missing here"),
            (
                "connections: {a: {basic: {username: a, password: b}}}",
                "f:1:40: a secret is not written here: {env: NAME} or {file: PATH}"
            ),
            (
                "connections: {a: {basic: {username: a, password: {env: NOPE}}}}",
                "f:1:40: the environment has no variable 'NOPE'"
            ),
            (
                "connections: {a: {basic: {username: a, password: {file: nope}}}}",
                "f:1:40: the file '/etc/nope' cannot be read"
            ),
            (
                "connections: {a: {basic: {username: a, password: {env: A, file: b}}}}",
                "f:1:40: {env: NAME} or {file: PATH} is expected here"
            ),
            (
                "connections: {a: {apiKey: {name: X Y, value: {env: TOKEN}}}}",
                "f:1:19: 'X Y' cannot be the name of a header"
            ),
            (
                #"connections: {a: {apiKey: {name: X, value: {env: TOKEN}}, headers: {Y: "a\n"}}}"#,
                "f:1:59: the value of the header 'Y' is not one line of text"
            ),
            ("connections: {a: {}}", "f:1:15: a connection has one of 'basic', 'apiKey' and"),
            ("runners: {ecs: {a: {}}}", "f:1:17: a runner needs a 'command'"),
            ("outgoing: {allow: ['http://a']}", "f:1:20: 'http://a' is not a host"),
            ("outgoing: {deny: [10.0.0.0/33]}", "f:1:19: '10.0.0.0/33' is not a host"),
            ("outgoing: {deny: [exa*mple.com]}", "f:1:19: 'exa*mple.com' is not a host"),
            ("outgoing: {deny: ['host:99999']}", "f:1:19: 'host:99999' is not a host"),
            ("outgoing: {deny: ['a b']}", "f:1:19: 'a b' is not a host"),
            ("buckets: {a: none}", "f:1:11: there is no directory '/etc/none'"),
        ]
    )
    func one(yaml: String, problem: String) throws {
        let found = try problems(yaml)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix(problem) == true, "\(found)")
    }

    @Test("All problems come at once, and none of them holds a secret")
    func all() throws {
        let found = try problems(
            """
            server: {prot: 1, host: [x]}
            functions: {a: {handler: {}}}
            connections: {a: {apiKey: {name: n, value: hunter2}}}
            """
        )
        #expect(found.count == 5, "\(found)")
        #expect(!found.joined().contains("hunter2"))
    }

    @Test("What a running server takes over is told from what waits for its next start")
    func changes() throws {
        func read(_ yaml: String) throws -> ConfigurationFile {
            try ConfigurationFile(SettingsDocument(yaml: yaml), surroundings: .scripted)
        }
        let first = try read("server: {port: 1, policy: a}\nbuckets: {a: x}")
        let second = try read(
            """
            server: {port: 2, policy: b}
            buckets: {a: y}
            quotas: {activities: 5}
            aws: {models: [m]}
            """
        )
        #expect(first.integrations.changes(to: second.integrations) == ["buckets"])
        #expect(first.changesAtStart(to: second) == ["server.port", "quotas", "aws.models"])
        #expect(first.changesAtStart(to: first).isEmpty)
    }
}
