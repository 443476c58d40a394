import Foundation
import Logging
import StepwellEngine
import StepwellIntegrations
import Testing

@Suite("What runs a function", .timeLimit(.minutes(5)))
struct FunctionPlanTests {
    private func problem(
        _ folder: CodeFolder,
        _ handler: String,
        _ change: (inout FunctionSettings) -> Void = { _ in }
    ) async -> String? {
        var settings = FunctionSettings(name: "f", directory: folder.path, handler: handler)
        change(&settings)
        do throws(FunctionProblem) {
            try await FunctionHost.check([settings])
            return nil
        } catch {
            return error.description
        }
    }

    @Test("programs are their own runtime; what is not there is named")
    func found() async throws {
        let folder = try CodeFolder()
        let nothing = try #require(await problem(folder, "app.handler"))
        #expect(nothing.contains("nothing for the handler 'app.handler'"))
        #expect(nothing.contains("'app.py'"))
        try folder.write("tool", "#!/bin/sh\n", isProgram: true)
        #expect(await problem(folder, "tool") == nil)
        #expect(await problem(folder, "app.handler") != nil)
        try folder.write("bootstrap", "#!/bin/sh\n", isProgram: true)
        #expect(await problem(folder, "app.handler") == nil)
        let lost = try #require(await problem(folder, "x") { $0.directory = "/not/there" })
        #expect(lost.contains("there is no directory /not/there"))
        let unknown = try #require(await problem(folder, "x") { $0.runtime = ["no-such-runtime"] })
        #expect(unknown.contains("'no-such-runtime', which is not there"))
        #expect(await problem(folder, "x") { $0.runtime = ["./tool", "x"] } == nil)
    }

    @Test("a runtime that is missing is named with what installs it")
    func missing() async throws {
        let folder = try CodeFolder()
        try folder.write("app.py", "def handler(event, context): return event\n")
        // A Python without any package, whatever this machine has.
        try folder.write("python3", "#!/bin/sh\nexit 1\n", isProgram: true)
        let text = try #require(
            await problem(folder, "app.handler") {
                $0.environment = [NamedSecret(name: "PATH", value: Secret(folder.path))]
            }
        )
        #expect(text.hasSuffix("run: \(folder.path)/python3 -m pip install awslambdaric"))
        let none = try #require(
            await problem(folder, "app.handler") {
                $0.environment = [NamedSecret(name: "PATH", value: Secret("/not/there"))]
            }
        )
        #expect(
            none.hasSuffix("it needs 'python3', which is not there; run: apt-get install python3")
        )
    }

    private static let hasNode =
        ProgramSearch.file(
            of: "node",
            path: ProcessInfo.processInfo.environment["PATH"] ?? ProgramSearch.standardPath,
            folder: "/"
        ) != nil

    @Test("handlers of JavaScript", .enabled(if: hasNode, "needs node"))
    func node() async throws {
        let folder = try CodeFolder()
        try folder.write(
            "index.mjs",
            """
            export const handler = async (event, context) => {
              if (event.fail) { const e = new RangeError('far'); throw e; }
              if (event.later) setTimeout(() => { throw new Error('late'); }, 1);
              if (event.later) return new Promise(() => {});
              const left = context.getRemainingTimeInMillis() > 0;
              return { event, name: context.functionName, left };
            };
            export const nothing = () => undefined;
            """
        )
        try folder.write(
            "old.js",
            "exports.handler = (event, context, callback) => callback(null, [event.a, 'é']);"
        )
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let host = FunctionHost(region: "us-east-1", account: "000000000000", logger: logger)
        let names = [
            "new": "index.handler", "nothing": "index.nothing", "old": "old.handler",
            "lost": "index.lost",
        ]
        host.update(
            names.map { FunctionSettings(name: $0, directory: folder.path, handler: $1) }
        )
        func call(_ name: String, _ event: String) async throws -> FunctionAnswer {
            try await host.invoke(
                FunctionInvocation(functionName: name, payload: Array(event.utf8))
            )
        }
        let answer = try await call("new", #"{"a":1}"#)
        #expect(answer.text == #"{"event":{"a":1},"name":"new","left":true}"#)
        #expect(try await call("nothing", "{}").text == "null")
        #expect(try await call("old", #"{"a":1}"#).text == #"[1,"é"]"#)
        let failed = try await call("new", #"{"fail":true}"#)
        #expect(failed.functionError == "Unhandled")
        #expect(try failed.member("errorType") == "RangeError")
        #expect(try failed.member("errorMessage") == "far")
        #expect(try await call("new", #"{"later":true}"#).member("errorMessage") == "late")
        let lost = try await call("lost", "{}")
        #expect(try lost.member("errorType") == "Runtime.HandlerNotFound")
        await host.shutdown()
    }
}
