import Foundation
import Glibc
import StepwellIntegrations
import Testing

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
        let lines = text(of: group.output).split(separator: "\n").filter { !$0.hasPrefix("_=") }
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
