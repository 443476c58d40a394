import Foundation
import Metrics
import Stepwell
import StepwellIntegrations
import StepwellServer

/// Has one engine do a hundred thousand tasks and compares what the last ones cost with early ones.
///
/// Usage: `Soak KIND [TASKS [DIRECTORY]]`, KIND being one of `SoakKind`. Runs the real dispatcher
/// and the real store on a directory of its own. The status is 1 when the last tasks cost more than
/// 1.3 times what those after the first fifth did, memory is held without need, or an execution did
/// not succeed. Before the first fifth there is little of a store whose index could need work.
///
/// A Map goes on in a DIRECTORY that is given and kept, as often as the process is killed; memory
/// alone is judged then.
@main
struct Soak {
    /// How much more a task may cost at the end.
    private static let allowedRatio = 1.3
    /// How much memory of its own the process may hold, in KiB: the newest of the index is in
    /// memory until it is written down, and the inputs of a Map's failed children as long as they
    /// may be redriven.
    private var allowedMemory: Int { (tasks > 100_000 ? 400 : 256) << 10 }
    /// Executions under way at once.
    private static let concurrency = 64
    /// Lots that are taken together: a merge of the index may fall into any.
    private static let lots = 15

    let kind: SoakKind
    let tasks: Int
    /// Where a Map is gone on with; nil for a folder that is removed.
    let directory: String?
    let meter: SoakMeter

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let directory = arguments.count > 2 ? arguments[2] : nil
        guard let kind = arguments.first.flatMap(SoakKind.init),
            let tasks = Int(arguments.count > 1 ? arguments[1] : "100000"),
            directory != nil ? kind.isMap : tasks >= (3 * lots) * SoakMeter.lot
        else {
            let kinds = SoakKind.allCases.map(\.rawValue).joined(separator: "|")
            let least = (3 * lots) * SoakMeter.lot
            print("usage: Soak \(kinds) [TASKS, at least \(least), [DIRECTORY of a Map]]")
            exit(64)
        }
        let meter = SoakMeter(isTold: directory != nil)
        MetricsSystem.bootstrap(meter)
        let soak = Soak(kind: kind, tasks: tasks, directory: directory, meter: meter)
        exit(try await soak.run() ? 0 : 1)
    }

    private func run() async throws -> Bool {
        let process = ProcessInfo.processInfo.processIdentifier
        let folder =
            directory.map { URL(filePath: $0) }
            ?? FileManager.default.temporaryDirectory
            .appending(path: "stepwell-soak-\(kind.rawValue)-\(process)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { if directory == nil { try? FileManager.default.removeItem(at: folder) } }
        let mocks = folder.appending(path: "mocks.json").path
        try Data(SoakKind.mocks.utf8).write(to: URL(filePath: mocks))
        let stepwell = try await WorkflowEngine.open(at: folder.appending(path: "data").path) {
            $0.handle("work") { (input: [String: String]) in input }
            $0.handle("judge") { (row: [String: String]) in
                guard row["id"]?.hasSuffix("0") == true else { return row }
                throw TaskError("Tenth")
            }
            try $0.mocks(file: mocks)
            $0.engine.sdkActions = .operations
            let reports = ProcessInfo.processInfo.environment["STEPWELL_SOAK_REPORTS"]
            if let count = reports.flatMap({ Int($0) }) {
                $0.engine.limits.childReportsPerTurn = count
            }
            let bucket = FolderStore(directory: folder.path)
            $0.engine.itemSource = ObjectItemSource(bucket)
            $0.engine.resultTarget = ObjectResultTarget(bucket)
        }
        stepwell.resume()
        let rows = folder.appending(path: "rows")
        if kind.readsRows, !FileManager.default.fileExists(atPath: rows.path) {
            try Data(kind.text(rows: tasks).utf8).write(to: rows, options: .atomic)
        }
        try await stepwell.createStateMachine("child", definition: .json(SoakKind.childDefinition))
        try await stepwell.createStateMachine(
            kind.rawValue,
            definition: .json(kind.definition)
        )
        meter.begin()
        if kind.isMap { try await runMap(on: stepwell) } else { await runTasks(on: stepwell) }
        await stepwell.shutdown()
        return judge()
    }

    /// One Map, whose items fill a payload.
    private func runMap(on stepwell: WorkflowEngine) async throws {
        let items = [Int](repeating: 0, count: kind.readsRows ? 0 : tasks)
        let began = ContinuousClock.now
        let execution = try await stepwell.startOrAttach(kind.rawValue, name: "soak", input: items)
        let closed = try await execution.waitUntilClosed()
        if closed.status != .succeeded { print("the Map ended \(closed.status): \(closed)") }
        // Of other lives nothing is known.
        guard directory == nil else { return }
        let took = (ContinuousClock.now - began) / .seconds(1)
        let ran = (meter.time(ofClosed: tasks) ?? .now) - began
        print(
            "\(kind): \(Int(Double(tasks) / (ran / .seconds(1)))) children a second, "
                + "\(Int(Double(tasks) / took)) until everything was written"
        )
    }

    /// One execution a task, some at once.
    private func runTasks(on stepwell: WorkflowEngine) async {
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<Self.concurrency {
                group.addTask {
                    for _ in stride(from: worker, to: tasks, by: Self.concurrency) {
                        do {
                            let testCase = kind == .mock ? "ok" : nil
                            let execution = try await stepwell.start(
                                kind.rawValue,
                                testCase: testCase
                            )
                            _ = try await execution.waitUntilClosed()
                        } catch {
                            print("an execution was not started or awaited: \(error)")
                            return
                        }
                    }
                }
            }
        }
    }

    private func judge() -> Bool {
        let samples = meter.samples
        let closed = meter.closed
        let failing = kind.failing.map { (tasks + $0 - 1) / $0 } ?? 0
        let expected = tasks * kind.closings - failing
        let peak = samples.map(\.memory).max() ?? 0
        if directory != nil {
            print("\(kind): memory up to \(peak >> 10) MiB")
            return peak <= allowedMemory
        }
        guard closed.succeeded >= expected, closed.others == failing,
            samples.count > 2 * Self.lots + 1
        else {
            print("\(kind): \(closed.succeeded) of \(expected) succeeded, \(closed.others) did not")
            return false
        }
        let early = cost(of: samples, from: samples.count / 5)
        let last = cost(of: samples, from: samples.count - Self.lots - 1)
        // The yardstick is cheap when fewer threads share its cache, and the processor's time is
        // worth less when others use the machine. What grows, grows by both.
        let plain = last.cpu / early.cpu
        let measured = plain * early.yardstick / last.yardstick
        print(
            "\(kind): \(tasks) tasks, CPU each \(shown(early.cpu)) us early and "
                + "\(shown(last.cpu)) us at last, \(String(format: "%.2f", plain)) times as "
                + "much, by the yardstick \(String(format: "%.2f", measured)); "
                + "memory up to \(peak >> 10) MiB"
        )
        return min(plain, measured) <= Self.allowedRatio && peak <= allowedMemory
    }

    /// What some lots cost, and the yardstick beside them.
    private func cost(
        of samples: [SoakMeter.Sample],
        from start: Int
    ) -> (cpu: Double, yardstick: Double) {
        let part = samples[start...(start + Self.lots)]
        let cpu = (part.last?.cpu ?? 0) - (part.first?.cpu ?? 0)
        let yardstick = part.dropFirst().map(\.yardstick).sorted()
        return (cpu, yardstick[yardstick.count / 2])
    }

    /// Microseconds for a task.
    private func shown(_ cpu: Double) -> String {
        let tasks = Double(Self.lots * SoakMeter.lot) / Double(kind.closings)
        return String(format: "%.0f", cpu * 1e6 / tasks)
    }
}
