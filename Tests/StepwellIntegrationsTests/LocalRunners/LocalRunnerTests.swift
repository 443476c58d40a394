import Logging
import StepwellEngine
import StepwellIntegrations
import StepwellJSON
import Testing

@Suite("ECS tasks and Batch jobs that local commands do")
struct LocalRunnerTests {
    private let commands = ScriptedCommands()
    private let jobs: LocalJobs
    private let services: LocalRunnerServices

    init() {
        var settings = IntegrationSettings()
        var render = LocalRunnerSettings(
            service: .ecs,
            definition: "render",
            command: ["0"],
            directory: "/"
        )
        render.entryPoint = ["sh"]
        render.container = "main"
        render.environment = [NamedSecret(name: "A", value: Secret("secret"))]
        var boxed = LocalRunnerSettings(
            service: .ecs,
            definition: "boxed",
            command: ["0"],
            directory: "/"
        )
        boxed.program = .container(image: "alpine", command: ["docker"], options: ["--net=none"])
        boxed.environment = render.environment
        let job = LocalRunnerSettings(
            service: .batch,
            definition: "*",
            command: ["0"],
            directory: "/"
        )
        settings.runners = [render, boxed, job]
        settings.runnerConcurrency = 3
        let live = LiveSettings(settings)
        jobs = LocalJobs(
            runner: commands,
            live: live,
            clock: SystemClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        services = LocalRunnerServices(
            jobs: jobs,
            live: live,
            region: "us-east-1",
            account: "123456789012",
            aws: nil
        )
    }

    private func call(
        _ action: String,
        _ parameters: JSONObject,
        key: String? = nil
    ) async throws -> JSONObject {
        let isTask = action.hasSuffix("Task") || action.hasSuffix("Tasks")
        var call = AWSCall(
            service: isTask ? "ecs" : "batch",
            action: action,
            parameters: parameters
        )
        call.idempotencyKey = key
        return try await services.call(call).output
    }

    /// Submits a job; its id.
    private func submit(_ more: JSONObject = [:]) async throws -> String {
        var parameters: JSONObject = ["JobName": "j", "JobDefinition": "d:2", "JobQueue": "q"]
        for (name, value) in more { parameters[name] = value }
        return try await call("SubmitJob", parameters)["JobId"]?.stringValue ?? ""
    }

    /// A job once it is over.
    private func ended(_ id: String) async throws -> JSONValue {
        while true {
            let described = try await call("DescribeJobs", ["Jobs": [.string(id)]])
            let job = described["Jobs"]?[0] ?? .null
            let status = job["Status"]?.stringValue
            if status == "SUCCEEDED" || status == "FAILED" { return job }
            await Task.yield()
        }
    }

    @Test("A task runs with its overrides, and is described as ECS describes it")
    func task() async throws {
        let overrides: JSONValue = [
            "ContainerOverrides": [
                [
                    "Name": "main", "Command": ["3"],
                    "Environment": [["Name": "B", "Value": "b"]],
                ]
            ]
        ]
        let started = try await call(
            "RunTask",
            ["TaskDefinition": "render", "Overrides": overrides, "Cluster": "c"],
            key: "k"
        )
        let arn = started["Tasks"]?[0]?["TaskArn"]?.stringValue ?? ""
        #expect(arn.hasPrefix("arn:aws:ecs:us-east-1:123456789012:task/c/"))
        let again = try await call("RunTask", ["TaskDefinition": "render"], key: "k")
        #expect(again["Tasks"]?[0]?["TaskArn"]?.stringValue == arn, "the same delivery")
        var task = JSONValue.null
        while task["LastStatus"]?.stringValue != "STOPPED" {
            task = try await call("DescribeTasks", ["Tasks": [.string(arn)]])["Tasks"]?[0] ?? .null
            await Task.yield()
        }
        #expect(task["Containers"]?[0]?["ExitCode"]?.intValue == 3)
        #expect(task["StopCode"]?.stringValue == "EssentialContainerExited")
        #expect(commands.commands.count == 1)
        let command = try #require(commands.commands.first)
        #expect(command.words == ["sh", "3"])
        #expect(command.environment["A"] == "secret")
        #expect(command.environment["B"] == "b")
        #expect(command.environment["AWS_SECRET_ACCESS_KEY"] == nil)
        #expect(!"\(task)".contains("secret"))
    }

    @Test("A container has its values in the environment of the command, and an end")
    func container() async throws {
        _ = try await call("RunTask", ["TaskDefinition": "boxed"])
        while commands.commands.isEmpty { await Task.yield() }
        let command = try #require(commands.commands.first)
        let name = try #require(command.ending?.last)
        #expect(
            command.words == [
                "docker", "run", "--rm", "--name", name, "--env", "A", "--net=none", "alpine", "0",
            ]
        )
        #expect(command.environment["A"] == "secret")
        #expect(command.ending == ["docker", "rm", "--force", name])
    }

    @Test("What is not known is refused as the service refuses it, or goes on to AWS")
    func refusals() async throws {
        await #expect(throws: AWSFault.self) {
            try await call("RunTask", ["TaskDefinition": "other"])
        }
        let overrides: JSONValue = ["ContainerOverrides": [["Name": "x"]]]
        do {
            _ = try await call("RunTask", ["TaskDefinition": "render", "Overrides": overrides])
            Issue.record("taken")
        } catch AWSFault.service(let fault) {
            #expect(fault.code == "InvalidParameterException")
            #expect(fault.message.contains("container named x"))
        }
        do {
            _ = try await submit(["DependsOn": [["JobId": "nobody"]]])
            Issue.record("taken")
        } catch AWSFault.service(let fault) {
            #expect(fault.code == "ClientException")
        }
        let first = try await submit()
        let gone = "00000000-0000-8000-8000-\(first.suffix(12))"
        let none = try await call("DescribeJobs", ["Jobs": [.string(gone)]])
        #expect(none["Jobs"]?.arrayValue?.isEmpty == true)
    }

    @Test("An array runs its children, no more at once than may, and is over with the last")
    func array() async throws {
        let id = try await submit(["ArrayProperties": ["Size": 20]])
        let job = try await ended(id)
        #expect(job["Status"]?.stringValue == "SUCCEEDED")
        #expect(job["ArrayProperties"]?["StatusSummary"]?["SUCCEEDED"]?.intValue == 20)
        let indices = commands.commands.map { $0.environment["AWS_BATCH_JOB_ARRAY_INDEX"] ?? "" }
        #expect(Set(indices) == Set((0..<20).map(String.init)))
        #expect(commands.most <= 3)
        let child = try await ended("\(id):7")
        #expect(child["ArrayProperties"]?["Index"]?.intValue == 7)
    }

    @Test("A sequential array goes one by one, and ends with the first that fails")
    func sequential() async throws {
        let id = try await submit([
            "ArrayProperties": ["Size": 4], "DependsOn": [["Type": "SEQUENTIAL"]],
            "ContainerOverrides": ["Command": ["1"]],
        ])
        let job = try await ended(id)
        #expect(job["Status"]?.stringValue == "FAILED")
        #expect(job["ArrayProperties"]?["StatusSummary"]?["FAILED"]?.intValue == 4)
        #expect(commands.commands.count == 1)
        let last = try await ended("\(id):3")
        #expect(last["StatusReason"]?.stringValue == "Dependent Job failed")
    }

    @Test("A job waits for those that it depends on")
    func dependencies() async throws {
        let first = try await submit(["ContainerOverrides": ["Command": ["hang"]]])
        let second = try await submit(["DependsOn": [["JobId": .string(first)]]])
        let waiting = try await call("DescribeJobs", ["Jobs": [.string(second)]])
        #expect(waiting["Jobs"]?[0]?["Status"]?.stringValue == "PENDING")
        _ = try await call("TerminateJob", ["JobId": .string(first), "Reason": "enough"])
        #expect(try await ended(first)["StatusReason"]?.stringValue == "enough")
        #expect(try await ended(second)["Status"]?.stringValue == "FAILED")
        #expect(commands.commands.count == 1)
    }

    @Test("A job is tried as often as it may, as its rules say")
    func attempts() async throws {
        let failing: JSONValue = ["Command": ["2"]]
        let id = try await submit([
            "ContainerOverrides": failing, "RetryStrategy": ["Attempts": 3],
        ])
        let job = try await ended(id)
        #expect(job["Attempts"]?.arrayValue?.count == 3)
        #expect(job["Attempts"]?[2]?["Container"]?["ExitCode"]?.intValue == 2)
        #expect(
            commands.commands.map { $0.environment["AWS_BATCH_JOB_ATTEMPT"] } == ["1", "2", "3"]
        )
        let rules: JSONValue = [
            "Attempts": 3,
            "EvaluateOnExit": [
                ["OnExitCode": "2*", "Action": "EXIT"], ["OnReason": "*", "Action": "RETRY"],
            ],
        ]
        let once = try await submit(["ContainerOverrides": failing, "RetryStrategy": rules])
        #expect(try await ended(once)["Attempts"]?.arrayValue?.count == 1)
        let none = try await submit(["ContainerOverrides": ["Command": ["none"]]])
        let reason = try await ended(none)["StatusReason"]?.stringValue
        #expect(reason == "CannotStartContainerError: there is no program 'none'")
    }

    @Test("At the end everything that runs is ended")
    func shutdown() async throws {
        let id = try await submit(["ContainerOverrides": ["Command": ["hang"]]])
        while commands.commands.isEmpty { await Task.yield() }
        await jobs.shutdown()
        #expect(try await ended(id)["StatusReason"]?.stringValue == "The server ended")
    }

    @Test("Of jobs that would wait there are not any number")
    func bounds() async throws {
        for number in 0..<10 {
            let job: JSONObject = [
                "JobName": "n", "JobQueue": "q", "JobDefinition": "d",
                "ArrayProperties": ["Size": 9_999],
                "ContainerOverrides": ["Command": ["hang"]],
            ]
            _ = try await call("SubmitJob", job, key: "\(number)")
        }
        let one: JSONObject = ["JobName": "n", "JobQueue": "q", "JobDefinition": "d"]
        do {
            _ = try await call("SubmitJob", one, key: "one")
            Issue.record("taken")
        } catch AWSFault.service(let fault) {
            #expect(fault.code == "ClientException")
        }
        await jobs.shutdown()
    }
}
