import Foundation
import Metrics
import Stepwell
import StepwellServer

/// Has one engine do a hundred thousand tasks and compares what the last ones cost with the first.
///
/// Usage: `Soak KIND [TASKS [RATIO MIB]]`, KIND being one of `SoakKind`. Runs the real dispatcher
/// and the real store on a directory of its own. The status is 1 when the last tasks cost more than
/// 1.3 (RATIO) times what the first did, memory grew by more than 48 (MIB), or an execution did not
/// succeed.
@main
struct Soak {
    /// How much more a task may cost at the end.
    private static let allowedRatio = 1.3
    /// How much more memory may be held at the end than after half of the tasks, in KiB.
    private static let allowedGrowth = 48 << 10
    /// Executions under way at once.
    private static let concurrency = 64
    /// Lots that are looked at on either end: the median of them, since a merge of the index may
    /// fall into any.
    private static let lots = 9

    let kind: SoakKind
    let tasks: Int
    let meter: SoakMeter

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let kind = arguments.first.flatMap(SoakKind.init),
            let tasks = Int(arguments.dropFirst().first ?? "100000"),
            tasks >= (3 * lots + 1) * SoakMeter.lot
        else {
            let kinds = SoakKind.allCases.map(\.rawValue).joined(separator: "|")
            print("usage: Soak \(kinds) [TASKS, at least \((3 * lots + 1) * SoakMeter.lot)]")
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
        }
        try await stepwell.createStateMachine("child", definition: .json(SoakKind.childDefinition))
        try await stepwell.createStateMachine(
            kind.rawValue,
            definition: .json(kind.definition)
        )
        meter.begin()
        if kind == .map { try await runMap(on: stepwell) } else { await runTasks(on: stepwell) }
        await stepwell.shutdown()
        return judge()
    }

    /// One Map, whose items fill a payload.
    private func runMap(on stepwell: Stepwell) async throws {
        let items = [Int](repeating: 0, count: tasks)
        let closed = try await stepwell.start(kind.rawValue, input: items).waitUntilClosed()
        if closed.status != .succeeded { print("the Map ended \(closed.status): \(closed)") }
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
        let costs = zip(samples.dropFirst(), samples).map { $0.cpu - $1.cpu }
        let first = median(costs.dropFirst().prefix(Self.lots))
        let last = median(costs.suffix(Self.lots))
        let growth = samples[samples.count - 1].memory - samples[samples.count / 2].memory
        let microseconds = { (lot: Double) in
            String(format: "%.0f", lot * 1e6 * Double(kind.closings) / Double(SoakMeter.lot))
        }
        let ratio = last / first
        print(
            "\(kind): \(tasks) tasks, CPU each \(microseconds(first)) us at first, "
                + "\(microseconds(last)) us at last, ratio \(String(format: "%.2f", ratio)); "
                + "memory \(samples[samples.count - 1].memory >> 10) MiB, \(growth >> 10) MiB more "
                + "than after half of them"
        )
        let bounds = CommandLine.arguments.dropFirst(3).compactMap { Double($0) }
        let allowedGrowth = bounds.count == 2 ? Int(bounds[1]) << 10 : Self.allowedGrowth
        return ratio <= (bounds.first ?? Self.allowedRatio) && growth <= allowedGrowth
    }

    private func median(_ values: some Sequence<Double>) -> Double {
        let sorted = values.sorted()
        return sorted[sorted.count / 2]
    }
}
