import Foundation
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Testing

@Suite("Configuration files")
struct ConfigurationFileTests {
    private func read(_ yaml: String) throws -> ConfigurationFile {
        try ConfigurationFile(
            SettingsDocument(yaml: yaml),
            operations: ["StartExecution", "StopExecution"],
            surroundings: .scripted
        )
    }

    @Test("Schedules and routes are read as the API has them")
    func triggers() throws {
        let file = try read(
            """
            triggers:
              schedules:
                nightly:
                  expression: cron(30 2 * * ? *)
                  timezone: Europe/Berlin
                  stateMachine: report
                  input: {kind: daily, n: 1}
                  windowMinutes: 15
                  start: 2027-01-01T00:00:00Z
                  catchUp: none
                  maximumRetryAttempts: 3
                  enabled: false
              routes:
                order:
                  route: POST /orders/{id}
                  stateMachine: take
                  request: {Input: $request.body}
                  apiKeys: [shop]
                  rate: 5
                  cors: {allowOrigins: [https://a.example], maxAge: 60}
              apiKeys:
                shop: {key: {env: TOKEN}, rate: 1, burst: 2}
            """
        )
        let schedule = try JSONParser.parse(try #require(file.triggers.schedules.first).json)
        #expect(schedule["Target"]?["Input"] == #"{"kind":"daily","n":1}"#)
        #expect(schedule["Target"]?["StateMachine"] == "report")
        #expect(schedule["Target"]?["RetryPolicy"] == ["MaximumRetryAttempts": 3])
        #expect(schedule["FlexibleTimeWindow"]?["MaximumWindowInMinutes"] == 15)
        #expect(schedule["StartDate"] == "2027-01-01T00:00:00Z")
        #expect(schedule["State"] == "DISABLED" && schedule["CatchUp"] == "none")
        let route = try JSONParser.parse(try #require(file.triggers.routes.first).json)
        #expect(route["Route"] == "POST /orders/{id}" && route["ApiKeys"] == ["shop"])
        #expect(route["Throttle"] == ["Rate": 5])
        #expect(route["Cors"] == ["AllowOrigins": ["https://a.example"], "MaxAge": 60])
        let key = try #require(file.triggers.routeKeys.first)
        #expect(key.key.reveal() != "" && key.rate == 1 && key.burst == 2)
        let problem = try #require(file.triggers.schedules.first).problem("late")
        #expect(problem.line == 3 && problem.message == "late")
        #expect(throws: SettingsProblems.self) {
            try read("triggers: {routes: {a: {route: GET /a, burst: 2}}}")
        }
    }

    @Test("Every part is read, paths and secrets too")
    func everything() throws {
        let file = try read(
            """
            server:
              dataDir: data
              port: 9000
              accountId: 000000000007
              executionLogs: "-"
              allowHosts: [a.example]
            throttling: {StopExecution: {bucketSize: 2, refillPerSecond: 0.5}}
            functions:
              hello:
                directory: src
                handler: app.handler
                runtime: [./bootstrap]
                timeoutSeconds: 1.5
                memoryMegabytes: 256
                concurrency: 2
                environment: {A: 1, B: {env: TOKEN}, C: true, D: plain}
                inherit: [LANG]
                qualifiers: [live]
            aws:
              region: eu-west-1
              credentials:
                accessKeyId: {env: TOKEN}
                secretAccessKey: {file: key.txt}
              models: [/models]
              endpoints: {default: "http://a:1", sqs: {url: "https://b", region: us-west-2}}
              maximumAttempts: 2
            buckets: {data: /data}
            outgoing:
              allow: ["*.example.com", 10.0.0.0/8, "[::1]:80"]
              deny: [x]
              maximumAnswerBytes: 5000
            """
        )
        #expect(file.server.dataDirectory == "/etc/data")
        #expect(file.server.port == 9_000)
        #expect(file.server.accountID == "000000000007")
        #expect(file.server.executionLogs == "-")
        #expect(file.server.allowHosts == ["a.example"])
        let rate = CallRate(bucketSize: 2, refillPerSecond: 0.5)
        #expect(file.throttling == .rates(["StopExecution": rate]))
        let function = try #require(file.integrations.functions.first)
        #expect(function.name == "hello")
        #expect(function.directory == "/etc/src")
        #expect(function.runtime == ["./bootstrap"])
        #expect(function.timeout == .milliseconds(1_500))
        #expect([function.memoryMegabytes, function.concurrency] == [256, 2])
        let values = function.environment.map { $0.value.reveal() }
        #expect(values == ["1", "hunter2", "true", "plain"])
        #expect(function.inherited + function.qualifiers == ["LANG", "live"])
        let aws = file.integrations.aws
        #expect(aws.region == "eu-west-1")
        #expect(aws.accessKeys?.accessKeyID.reveal() == "hunter2")
        #expect(aws.accessKeys?.secretAccessKey.reveal() == "s3cret")
        #expect(aws.models == ["/models"])
        #expect(aws.maximumAttempts == 2)
        #expect(
            aws.endpoints == [
                EndpointSettings(service: nil, url: "http://a:1"),
                EndpointSettings(service: "sqs", url: "https://b", region: "us-west-2"),
            ]
        )
        #expect(file.integrations.buckets == [BucketSettings(name: "data", directory: "/data")])
        let outgoing = file.integrations.outgoing
        #expect(outgoing.allow == ["*.example.com", "10.0.0.0/8", "[::1]:80"])
        #expect(outgoing.deny == ["x"])
        #expect(outgoing.maximumAnswerBytes == 5_000)
    }

    @Test("Connections and runners are read")
    func connections() throws {
        let file = try read(
            """
            connections:
              a: {basic: {username: me, password: {env: TOKEN}}, headers: {X: {file: key.txt}}}
              b: {apiKey: {name: X-Key, value: {env: TOKEN}}, query: {v: 2}, arn: "arn:x"}
              c:
                oauth:
                  endpoint: https://id.example/token
                  clientId: me
                  clientSecret: {env: TOKEN}
                  body: {scope: all}
                body: {tenant: t}
            runners:
              concurrency: 3
              ecs:
                render: {command: [./render], entryPoint: [nice], container: main, rerun: true}
              batch:
                "*":
                  image: alpine
                  attempts: 4
                  timeoutSeconds: 60
                  dockerOptions: [--network, none]
            """
        ).integrations
        let secret = Secret("hunter2")
        #expect(file.connections.map(\.name) == ["a", "b", "c"])
        #expect(
            file.connections[0].authorization == .basic(username: Secret("me"), password: secret)
        )
        #expect(file.connections[0].headers == [NamedSecret(name: "X", value: Secret("s3cret"))])
        #expect(file.connections[1].authorization == .apiKey(header: "X-Key", value: secret))
        #expect(file.connections[1].query == [NamedSecret(name: "v", value: Secret("2"))])
        #expect(file.connections[1].arn == "arn:x")
        guard case .oauthClientCredentials(let client) = file.connections[2].authorization else {
            Issue.record("no OAuth")
            return
        }
        #expect(client.method == "POST")
        #expect(client.clientSecret == secret)
        #expect(client.body == [NamedSecret(name: "scope", value: Secret("all"))])
        #expect(file.connections[2].body.count == 1)
        #expect(file.runnerConcurrency == 3)
        let render = file.runners[0]
        #expect(render.service == .ecs)
        #expect(render.container == "main")
        #expect(render.entryPoint == ["nice"])
        #expect(render.directory == "/etc")
        #expect(render.reruns)
        let job = file.runners[1]
        #expect(job.service == .batch)
        #expect(job.attempts == 4)
        #expect(job.timeout == .seconds(60))
        #expect(
            job.program
                == .container(
                    image: "alpine",
                    command: ["docker"],
                    options: ["--network", "none"]
                )
        )
    }

    @Test("Nothing, JSON, and quotas")
    func small() throws {
        #expect(try read("") == ConfigurationFile())
        #expect(try read("server:\nfunctions:\n") == ConfigurationFile())
        let names = Quota.all.map(\.name)
        let members = names.enumerated().map { #""\#($0.element)": \#(2_000 + $0.offset)"# }
            .joined(separator: ",")
            .replacing(#""tagsPerResource": 2007"#, with: #""tagsPerResource": 7"#)
        let file = try read(#"{"quotas": {\#(members)}, "throttling": "AWS"}"#)
        #expect(file.throttling == .published)
        #expect(file.quotas.count == names.count)
        var configuration = EngineConfiguration()
        Quota.apply(file.quotas, to: &configuration)
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
}
