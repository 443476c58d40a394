import Foundation
import Glibc
import Testing

@testable import StepwellIntegrations

@Suite("Processes", .timeLimit(.minutes(5)))
struct ProcessGroupTests {
    private func shell(
        _ script: String,
        _ change: (inout ProcessLaunch) -> Void = { _ in }
    ) throws -> ProcessGroup {
        var launch = ProcessLaunch(
            program: "/bin/sh",
            arguments: ["-c", script],
            environment: ["PATH": ProgramSearch.standardPath, "GREETING": "tea"],
            folder: "/usr"
        )
        change(&launch)
        return try ProcessGroup(launch)
    }

    /// Everything that comes out of a pipe, which is closed.
    private func text(of descriptor: Int32) -> String {
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    }

    private func isRunning(_ process: Int32) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let state = status?.split(separator: ")").last?.split(separator: " ").first
        return state.map { $0 != "Z" && $0 != "X" } ?? false
    }

    @Test("a program's end, environment, folder and output")
    func end() async throws {
        let group = try shell("env; pwd; echo oops >&2; exit 3")
        let end = await group.end()
        #expect(end == .exited(3))
        let lines = text(of: group.output).split(separator: "\n")
            .filter { !$0.hasPrefix("_=") && !$0.hasPrefix("STEPWELL_PROCESS_GROUP=") }
        #expect(
            Set(lines) == [
                "GREETING=tea", "PATH=\(ProgramSearch.standardPath)", "PWD=/usr", "/usr", "oops",
            ]
        )
    }

    @Test("standard error apart; a signal; words for both ends")
    func apart() async throws {
        let group = try shell("echo out; echo err >&2; kill -9 $$") { $0.output = .apart }
        let end = await group.end()
        #expect(end == .killed(signal: 9))
        #expect(end.description == "signal: killed")
        #expect(ProcessEnd.exited(1).description == "exit status 1")
        #expect(text(of: group.output) == "out\n")
        #expect(text(of: group.errors) == "err\n")
    }

    @Test("nothing of this process's descriptors is inherited")
    func descriptors() async throws {
        // Left to be inherited on purpose.
        let leak = open("/dev/null", O_RDONLY)
        defer { close(leak) }
        let group = try shell("ls /proc/self/fd")
        _ = await group.end()
        // The directory that `ls` reads is its own, 3.
        let open = text(of: group.output).split(separator: "\n")
        #expect(open == ["0", "1", "2", "3"])
    }

    @Test("what a program started ends with it, also what asks for no SIGTERM")
    func offspring() async throws {
        let group = try shell("(trap '' TERM; sleep 1000) & echo $!; exit 0")
        #expect(await group.end() == .exited(0))
        let child = try #require(Int32(text(of: group.output).prefix { $0 != "\n" }))
        #expect(!isRunning(child))
    }

    @Test("what leaves the group for a session of its own ends with the program too")
    func escape() async throws {
        let group = try shell(
            "setsid sh -c 'setsid sleep 1000 >/dev/null 2>&1 & echo $!; exec sleep 1000' & "
                + "read -r x </dev/null; sleep 0.2; exit 4"
        )
        #expect(await group.end() == .exited(4))
        let child = try #require(Int32(text(of: group.output).prefix { $0 != "\n" }))
        #expect(!isRunning(child))
    }

    @Test("what a program reads")
    func input() async throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 300_000)
        let group = try shell("wc -c") { $0.input = bytes }
        #expect(await group.end() == .exited(0))
        #expect(text(of: group.output) == "300000\n")
        let deaf = try shell("exit 7") { $0.input = bytes }
        #expect(await deaf.end() == .exited(7))
        close(deaf.output)
    }

    @Test("what groups take: all that their programs have started, and no other's")
    func uses() async throws {
        let group = try shell("sleep 1000 & setsid sleep 1000 & echo on; wait")
        let other = try shell("echo on; exec sleep 1000")
        for each in [group, other] {
            var buffer = [UInt8](repeating: 0, count: 3)
            #expect(read(each.output, &buffer, 3) == 3)
        }
        let leaders: Set = [group.leader, other.leader]
        var uses = ProcessTable.current().uses(of: leaders)
        // The table may be one that is older than these.
        while uses[group.leader]?.processes.count != 3 || uses[other.leader] == nil {
            uses = ProcessTable.current().uses(of: leaders)
        }
        #expect(uses[group.leader]?.processes.contains(group.id) == true)
        #expect(uses[group.leader]?.threads == 3)
        #expect((uses[group.leader]?.residentBytes ?? 0) > 3 << 12)
        #expect(uses[other.leader]?.processes == [other.id])
        for each in [group, other] {
            each.terminate()
            _ = await each.end()
            close(each.output)
        }
    }

    @Test("a run whose streams are gathered, up to a limit and a time")
    func gathered() async throws {
        func run(
            _ script: String,
            limit: Int = 1_000,
            timeout: Duration? = nil
        ) async throws -> GatheredRun {
            let launch = ProcessLaunch(
                program: "/bin/sh",
                arguments: ["-c", script],
                environment: ["PATH": ProgramSearch.standardPath],
                folder: "/"
            )
            return try await GatheredRun.of(
                launch,
                limit: limit,
                grace: .milliseconds(100),
                timeout: timeout
            )
        }
        let both = try await run("echo out; echo err >&2; exit 3")
        #expect(both.end == .exited(3))
        #expect(both.output == Array("out\n".utf8))
        #expect(both.errors == Array("err\n".utf8))
        let large = try await run("yes", limit: 10_000)
        #expect(large.isCut)
        #expect(large.output.count <= 10_000)
        let late = try await run("sleep 1000; echo", timeout: .milliseconds(50))
        #expect(late.isLate)
        let left = try await run("sleep 1000 & echo on")
        #expect(left.output == Array("on\n".utf8))
    }

    @Test("a program is ended, and has its time for that")
    func terminate() async throws {
        let group = try shell("trap 'echo bye; exit 5' TERM; echo on; sleep 1000 & wait")
        var buffer = [UInt8](repeating: 0, count: 3)
        #expect(read(group.output, &buffer, 3) == 3)
        group.terminate(grace: .seconds(60))
        #expect(await group.end() == .exited(5))
        #expect(text(of: group.output) == "bye\n")
        let other = try shell("trap '' TERM; sleep 1000")
        other.terminate()
        #expect(await other.end() == .killed(signal: 9))
        close(other.output)
    }

    @Test("limits, and a folder that is not there")
    func limits() async throws {
        let group = try shell("ulimit -c; ulimit -d") { $0.dataBytes = 64 << 20 }
        _ = await group.end()
        #expect(text(of: group.output) == "0\n65536\n")
        let lost = try shell("true") { $0.folder = "/not/there" }
        #expect(await lost.end() == .exited(126))
        close(lost.output)
    }

    @Test("programs are found in a search path, and by their own")
    func search() throws {
        let folder = try CodeFolder()
        try folder.write("tool", "#!/bin/sh\n", isProgram: true)
        try folder.write("text", "no program")
        #expect(ProgramSearch.file(of: "sh", folder: "/") != nil)
        #expect(ProgramSearch.file(of: "tool", folder: folder.path) == nil)
        #expect(ProgramSearch.file(of: "tool", path: folder.path, folder: "/") != nil)
        #expect(ProgramSearch.file(of: "./tool", folder: folder.path) == "\(folder.path)/./tool")
        #expect(ProgramSearch.file(of: "./text", folder: folder.path) == nil)
        #expect(ProgramSearch.file(of: "", folder: folder.path) == nil)
    }

    @Test("the environment that is passed on has no credentials")
    func environment() {
        let all = ["AWS_SECRET_ACCESS_KEY": "s", "HOME": "/h", "PATH": "/p", "X": "y"]
        let passed = CleanEnvironment.variables(of: all)
        #expect(passed["HOME"] == "/h")
        #expect(passed["PATH"] == "/p")
        #expect(passed["TMPDIR"] == "/tmp")
        #expect(passed["AWS_SECRET_ACCESS_KEY"] == nil)
        #expect(passed["X"] == nil)
    }

    @Test("lines, with and without ends, and very long ones")
    func lines() {
        var splitter = LineSplitter()
        #expect(splitter.append(Array("a\r\nb".utf8)) == ["a"])
        var stack = LineSplitter()
        #expect(stack.append(Array("[ERROR] E\rTraceback\r".utf8)) == ["[ERROR] E", "Traceback"])
        #expect(stack.append(Array("\n  line 4\r\r".utf8)) == ["  line 4", ""])
        #expect(stack.finish() == nil)
        #expect(splitter.append(Array("c\n\nd".utf8)) == ["bc", ""])
        #expect(splitter.finish() == "d")
        #expect(splitter.finish() == nil)
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        #expect(splitter.append(long) == [])
        let line = splitter.append(Array("\nz\n".utf8))
        #expect(line.count == 2)
        #expect(line[0].utf8.count == LineSplitter.maximumBytes + "…".utf8.count)
        #expect(line[1] == "z")
    }
}
