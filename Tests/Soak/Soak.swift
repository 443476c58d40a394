import Foundation
import Metrics
import Stepwell
import StepwellIntegrations
import StepwellServer

/// Has one engine do a hundred thousand tasks and compares what the last ones cost with early ones.
///
/// Usage: `Soak KIND [TASKS]`, KIND being one of `SoakKind`. Runs the real dispatcher and the real
/// store on a directory of its own. The status is 1 when the last tasks cost more than 1.3 times
/// what those after the first fifth did, memory is held without need, or an execution did not
/// succeed. Before the first fifth there is little of a store whose index could need work.
@main
struct Soak {
    /// How much more a task may cost at the end.
    private static let allowedRatio = 1.3
    /// How much memory of its own the process may hold, in KiB: the newest of the index is in
    /// memory until it is written down.
    private static let allowedMemory = 256 << 10
    /// Executions under way at once.
    private static let concurrency = 64
    /// Lots that are taken together: a merge of the index may fall into any.
    private static let lots = 15

    let kind: SoakKind
    let tasks: Int
    let meter: SoakMeter

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let kind = arguments.first.flatMap(SoakKind.init),
            let tasks = Int(arguments.dropFirst().first ?? "100000"),
            tasks >= (3 * lots) * SoakMeter.lot
        else {
            let kinds = SoakKind.allCases.map(\.rawValue).joined(separator: "|")
            print("usage: Soak \(kinds) [TASKS, at least \((3 * lots) * SoakMeter.lot)]")
            exit(64)
        }
        let meter = SoakMeter()
        MetricsSystem.bootstrap(meter)
        exit(try await Soak(kind: kind, tasks: tasks, meter: meter).run() ? 0 : 1)
    }

    private func run() async throws -> Bool {
        let folder = FileManager.default.temporaryDirectory
            .appending(
                path: "stepwell-soak-\(kind.rawValue)-\(ProcessInfo.processInfo.processIdentifier)"
            )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let mocks = folder.appending(path: "mocks.json").path
        try Data(SoakKind.mocks.utf8).write(to: URL(filePath: mocks))
        let stepwell = try await Stepwell.open(at: folder.appending(path: "data").path) {
            $0.handle("work") { (input: [String: String]) in input }
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
        if kind == .rows { try writeRows(to: folder.appending(path: "rows.csv")) }
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
    private func runMap(on stepwell: Stepwell) async throws {
        let items = [Int](repeating: 0, count: kind == .rows ? 0 : tasks)
        let began = ContinuousClock.now
        let closed = try await stepwell.start(kind.rawValue, input: items).waitUntilClosed()
        if closed.status != .succeeded { print("the Map ended \(closed.status): \(closed)") }
        let took = (ContinuousClock.now - began) / .seconds(1)
        print("\(kind): \(Int(Double(tasks) / took)) children a second")
    }

    /// The rows of the Map that reads some, of about a hundred bytes each.
    private func writeRows(to file: URL) throws {
        var text = "id,name,address,amount\n"
        for row in 0..<tasks {
            text += "\(row),customer \(row),\"1\(row) Long Road, Some Town, Far Away\",\(row * 7)\n"
        }
        try Data(text.utf8).write(to: file)
    }

    /// One execution a task, some at once.
    private func runTasks(on stepwell: Stepwell) async {
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
        let expected = tasks * kind.closings
        guard closed.succeeded >= expected, closed.others == 0,
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
        let peak = samples.map(\.memory).max() ?? 0
        print(
            "\(kind): \(tasks) tasks, CPU each \(shown(early.cpu)) us early and "
                + "\(shown(last.cpu)) us at last, \(String(format: "%.2f", plain)) times as "
                + "much, by the yardstick \(String(format: "%.2f", measured)); "
                + "memory up to \(peak >> 10) MiB"
        )
        return min(plain, measured) <= Self.allowedRatio && peak <= Self.allowedMemory
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
