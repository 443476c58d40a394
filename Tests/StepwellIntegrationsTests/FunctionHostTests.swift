import Foundation
import Glibc
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import Testing

@Suite("Functions as processes", .timeLimit(.minutes(10)))
struct FunctionHostTests {
    private func isGone(_ process: Int32) -> Bool {
        guard kill(process, 0) == 0 else { return true }
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return status?.split(separator: ")").last?.split(separator: " ").first == "Z"
    }

    @Test("a function answers, its process is used again, and it knows what Lambda tells")
    func success() async throws {
        let rig = try FunctionRig {
            $0.environment = [NamedSecret(name: "COLOUR", value: Secret("red"))]
        }
        let first = try await rig.process()
        let second = try await rig.process()
        #expect(first.pid == second.pid)
        #expect(second.count == 2)
        #expect(
            Set(["_HANDLER", "LAMBDA_TASK_ROOT", "COLOUR", "AWS_REGION", "AWS_LAMBDA_RUNTIME_API"])
                .isSubset(of: first.variables)
        )
        #expect(
            first.headers["lambda-runtime-invoked-function-arn"]
                == "arn:aws:lambda:us-east-1:000000000000:function:f"
        )
        #expect(first.headers["lambda-runtime-aws-request-id"]?.count == 36)
        #expect(Int64(first.headers["lambda-runtime-deadline-ms"] ?? "") != nil)
        let answer = try await rig.invoke(#"{"text":"[1, 2.50]"}"#) {
            $0.clientContext = Data(#"{"custom":{"a":1}}"#.utf8).base64EncodedString()
        }
        #expect(answer.text == "[1, 2.50]")
        #expect(answer.status == 200)
        #expect(answer.functionError == nil)
        #expect(answer.executedVersion == "$LATEST")
        await rig.host.shutdown()
        #expect(isGone(first.pid))
    }

    @Test("an error of the function is passed on as its runtime gives it")
    func error() async throws {
        let rig = try FunctionRig()
        let error = #"{"errorType":"Bad","errorMessage":"m","stackTrace":["a"]}"#
        let answer = try await rig.invoke(#"{"error":\#(error)}"#)
        #expect(answer.functionError == "Unhandled")
        #expect(try answer.member("errorType") == "Bad")
        #expect(answer.failure?.failure.error == "Bad")
        #expect(answer.failure?.failure.cause == answer.text)
        #expect(try await rig.process().count == 2)
        await rig.host.shutdown()
    }

    @Test(
        "a process that ends, in Lambda's words",
        arguments: [
            (#"{"exit":1}"#, "Runtime exited with error: exit status 1"),
            (#"{"exit":0}"#, "Runtime exited without providing a reason"),
            (#"{"signal":9}"#, "Runtime exited with error: signal: killed"),
            (#"{"signal":11}"#, "Runtime exited with error: signal: segmentation fault"),
        ]
    )
    func crash(event: String, words: String) async throws {
        let rig = try FunctionRig()
        let answer = try await rig.invoke(event)
        #expect(answer.functionError == "Unhandled")
        #expect(try answer.member("errorType") == "Runtime.ExitError")
        let id = try #require(answer.requestID)
        #expect(try answer.member("errorMessage") == "RequestId: \(id) Error: \(words)")
        #expect(try await rig.process().count == 1)
        await rig.host.shutdown()
    }

    @Test("an invocation that takes too long, and its process is ended")
    func timeout() async throws {
        var rig = try FunctionRig()
        let process = try await rig.process()
        rig.settings.timeout = .milliseconds(120)
        rig.host.update([rig.settings])
        let answer = try await rig.invoke(#"{"hang":true}"#)
        #expect(try answer.member("errorType") == "Sandbox.Timedout")
        let id = try #require(answer.requestID)
        #expect(
            try answer.member("errorMessage")
                == "RequestId: \(id) Error: Task timed out after 0.12 seconds"
        )
        await rig.host.shutdown()
        #expect(isGone(process.pid))
    }

    @Test("a process that takes more memory than it may")
    func memory() async throws {
        let rig = try FunctionRig { $0.memoryMegabytes = 64 }
        let answer = try await rig.invoke(#"{"allocate":120}"#)
        #expect(try answer.member("errorType") == "Runtime.ExitError")
        #expect(try answer.member("errorMessage")?.hasSuffix("signal: killed") == true)
        #expect(try await rig.process().count == 1)
        await rig.host.shutdown()
    }

    @Test("a function that cannot be initialised fails one invocation each time")
    func initialization() async throws {
        let rig = try FunctionRig()
        try rig.folder.write("word.txt", "broken")
        for _ in 0..<2 {
            let answer = try await rig.invoke("{}")
            #expect(try answer.member("errorType") == "Broken")
            #expect(answer.functionError == "Unhandled")
        }
        try rig.folder.write("word.txt", "gone")
        let answer = try await rig.invoke("{}")
        #expect(try answer.member("errorType") == "Runtime.ExitError")
        #expect(try answer.member("errorMessage")?.hasSuffix("exit status 7") == true)
        try rig.folder.write("word.txt", "mended")
        #expect(try await rig.process().word == "mended")
        await rig.host.shutdown()
    }

    @Test("a change of the code is seen by the next invocation")
    func reload() async throws {
        let rig = try FunctionRig()
        let before = try await rig.process()
        try rig.folder.write("word.txt", "second")
        var after = try await rig.process()
        // Looked at every few milliseconds, not each time.
        while after.word == "first" { after = try await rig.process() }
        #expect(after.word == "second")
        #expect(after.pid != before.pid)
        await rig.host.shutdown()
    }

    @Test("as many processes as invocations at once, up to the function's concurrency")
    func concurrency() async throws {
        let rig = try FunctionRig { $0.concurrency = 3 }
        let file = rig.folder.path + "-go"
        let event = #"{"wait":"\#(file)"}"#
        let seen = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<9 { group.addTask { try await rig.process(event).pid } }
            try Data().write(to: URL(fileURLWithPath: file))
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        try FileManager.default.removeItem(atPath: file)
        #expect((1...3).contains(seen.count))
        await rig.host.shutdown()
        #expect(seen.allSatisfy(isGone))
    }

    @Test("who waits too long for a process is throttled, and one that gives up is forgotten")
    func throttling() async throws {
        let rig = try FunctionRig {
            $0.concurrency = 1
            $0.queueTimeout = .milliseconds(50)
        }
        let busy = Task { try await rig.invoke(#"{"hang":true}"#) }
        while !FileManager.default.fileExists(atPath: "\(rig.folder.path)/hangs") {
            await Task.yield()
        }
        let error = await #expect(throws: AWSFault.self) { try await rig.invoke("{}") }
        guard case .service(let fault)? = error else { throw try #require(error) }
        #expect(fault.code == "TooManyRequestsException")
        #expect(fault.status == 429)
        busy.cancel()
        await #expect(throws: AWSFault.self) { try await busy.value }
        await rig.host.shutdown()
    }

    @Test("no process answers the invocation of another")
    func foreign() async throws {
        let rig = try FunctionRig()
        let event = #"{"foreign":"00000000-0000-4000-8000-000000000000"}"#
        #expect(try await rig.process(event).status == 400)
        await rig.host.shutdown()
    }

    @Test("what no header can hold is left out of it, and no qualifier")
    func texts() async throws {
        let rig = try FunctionRig()
        let answer = try await rig.invoke("{}") {
            $0.traceHeader = "Root=1\r\nX: y\u{7F}"
            $0.clientContext = Data("{\n\"a\":\"\u{7F}\"}".utf8).base64EncodedString()
        }
        #expect(answer.text.contains(#""lambda-runtime-trace-id": "Root=1X: y""#))
        for qualifier in ["a b", "a\r\nX: y", "", String(repeating: "x", count: 129)] {
            let error = await #expect(throws: AWSFault.self) {
                try await rig.invoke("{}") { $0.qualifier = qualifier }
            }
            guard case .service(let fault)? = error else { throw try #require(error) }
            #expect(fault.code == "InvalidParameterValueException")
        }
        await rig.host.shutdown()
    }

    @Test("a response of six megabytes, and one that is larger")
    func sizes() async throws {
        let rig = try FunctionRig()
        let answer = try await rig.invoke(#"{"bytes":6000000}"#)
        #expect(answer.payload.count == 6_000_002)
        let large = try await rig.invoke(#"{"bytes":6400000}"#)
        #expect(try large.member("errorType") == "Function.ResponseSizeTooLarge")
        let event = #"{"pad":"\#(String(repeating: "x", count: 200_000))"}"#
        #expect(try await rig.process(event).count == 3)
        await rig.host.shutdown()
    }

    @Test("the end of the log: what was printed before the answer is part of it")
    func tail() async throws {
        let rig = try FunctionRig()
        for _ in 0..<20 {
            let answer = try await rig.invoke(#"{"print":"hello","text":"1"}"#) {
                $0.wantsLogTail = true
            }
            let encoded = try #require(answer.logResult)
            let log = String(decoding: try #require(Data(base64Encoded: encoded)), as: UTF8.self)
            let lines = log.split(separator: "\n")
            let id = try #require(answer.requestID)
            try #require(lines.count == 4)
            #expect(lines[0] == "START RequestId: \(id) Version: $LATEST")
            #expect(lines[1] == "hello")
            #expect(lines[2] == "END RequestId: \(id)")
            #expect(lines[3].hasPrefix("REPORT RequestId: \(id)\tDuration: "))
        }
        let long = String(repeating: "x", count: 9_000)
        let cut = try await rig.invoke(#"{"print":"\#(long)","text":"1"}"#) {
            $0.wantsLogTail = true
        }
        #expect(Data(base64Encoded: cut.logResult ?? "")?.count == 4_096)
        await rig.host.shutdown()
    }

    @Test("names, ARNs, versions and aliases")
    func names() async throws {
        let rig = try FunctionRig { $0.qualifiers = ["live", "7"] }
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:f"
        for name in ["f", "f:live", arn, "\(arn):7", "123456789012:function:f:$LATEST"] {
            #expect(rig.host.knows(name))
            #expect(try await rig.invoke(#"{"text":"1"}"#, name: name).text == "1")
        }
        let version = try await rig.invoke(#"{"text":"1"}"#) { $0.qualifier = "7" }
        #expect(version.executedVersion == "7")
        for name in ["g", "f:other"] {
            let error = await #expect(throws: AWSFault.self) {
                try await rig.invoke("{}", name: name)
            }
            guard case .service(let fault)? = error else { throw try #require(error) }
            #expect(fault.code == "ResourceNotFoundException")
        }
        #expect(!rig.host.knows("g"))
        await rig.host.shutdown()
    }

    @Test("an event is accepted, a dry run runs nothing")
    func kinds() async throws {
        let rig = try FunctionRig()
        let file = rig.folder.path + "-event"
        let dry = try await rig.invoke("{}") { $0.kind = .dryRun }
        #expect(dry.status == 204)
        let event = try await rig.invoke(#"{"hang":"here"}"#) { $0.kind = .event }
        #expect(event.status == 202)
        #expect(event.payload.isEmpty)
        while !FileManager.default.fileExists(atPath: "\(rig.folder.path)/hangs") {
            await Task.yield()
        }
        #expect(!FileManager.default.fileExists(atPath: file))
        await rig.host.shutdown()
    }

    @Test("the end of a host: what functions have started is gone too")
    func shutdown() async throws {
        let rig = try FunctionRig()
        let process = try await rig.process(#"{"start":true}"#)
        let child = try #require(process.child)
        let hanging = Task { try await rig.invoke(#"{"hang":true}"#) }
        while !FileManager.default.fileExists(atPath: "\(rig.folder.path)/hangs") {
            await Task.yield()
        }
        await rig.host.shutdown()
        #expect(isGone(process.pid))
        #expect(isGone(child))
        await #expect(throws: AWSFault.self) { try await hanging.value }
        await #expect(throws: AWSFault.self) { try await rig.invoke("{}") }
    }

    @Test("processes are replaced after a number of invocations")
    func recycling() async throws {
        let rig = try FunctionRig { $0.invocationsPerProcess = 2 }
        var seen: [Int32] = []
        for _ in 0..<4 { seen.append(try await rig.process().pid) }
        #expect(seen[0] == seen[1])
        #expect(seen[2] == seen[3])
        #expect(seen[0] != seen[2])
        await rig.host.shutdown()
    }

    @Test("settings that change, and functions that go")
    func update() async throws {
        var rig = try FunctionRig()
        let first = try await rig.process()
        rig.host.update([rig.settings])
        #expect(try await rig.process().pid == first.pid)
        rig.settings.environment = [NamedSecret(name: "NEW", value: Secret("1"))]
        rig.host.update([rig.settings])
        let second = try await rig.process()
        #expect(second.pid != first.pid)
        #expect(second.variables.contains("NEW"))
        var broken = rig.settings
        broken.directory = "/not/there"
        rig.host.update([broken])
        #expect(try await rig.process().pid == second.pid)
        rig.host.update([])
        #expect(rig.host.isEmpty)
        await rig.host.shutdown()
    }
}
