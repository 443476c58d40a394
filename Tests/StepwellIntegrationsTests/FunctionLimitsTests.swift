import Glibc
import Testing

@testable import StepwellIntegrations

@Suite("What functions may take")
struct FunctionLimitsTests {
    private func plan(megabytes: Int?) throws -> FunctionPlan {
        let folder = try CodeFolder()
        try folder.write("bootstrap", "#!/bin/sh\n", isProgram: true)
        var settings = FunctionSettings(name: "f", directory: folder.path, handler: "x")
        settings.memoryMegabytes = megabytes
        return try FunctionPlan(settings, region: "us-east-1", account: "000000000000")
    }

    @Test("The limit that the system holds is above the function's own")
    func dataLimit() throws {
        for megabytes in [64, 2_048, 10_240] {
            let bytes = try #require(try plan(megabytes: megabytes).launch(port: 1).dataBytes)
            #expect(bytes > UInt64(megabytes) << 20)
        }
        #expect(try plan(megabytes: nil).launch(port: 1).dataBytes == nil)
    }

    @Test("Processes, threads and memory, of which what is shared counts once")
    func excess() throws {
        let plan = try plan(megabytes: 65_536)
        var use = ProcessTable.Use(processes: [getpid()], threads: 1_024, residentBytes: 1 << 36)
        #expect(plan.excess(use) == nil)
        use.residentBytes += 1
        guard case .outOfMemory? = plan.excess(use) else { Issue.record("not seen"); return }
        // Two that each count what they share: both are this one.
        use.processes = [getpid(), getpid()]
        #expect((MemoryUse.proportional(of: use.processes) ?? 0) > 0)
        #expect(plan.excess(use) == nil)
        use.threads += 1
        guard case .tooManyProcesses? = plan.excess(use) else { Issue.record("not seen"); return }
        #expect(try self.plan(megabytes: nil).excess(ProcessTable.Use(residentBytes: .max)) == nil)
    }
}
