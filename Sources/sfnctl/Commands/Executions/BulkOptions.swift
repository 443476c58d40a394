import ArgumentParser
import StepwellJSON

/// The executions that a command changes: named one by one, or all of a state machine that a filter
/// lets through.
struct BulkOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Executions: an ARN, machine:name, or with --data-dir a number.",
            valueName: "EXECUTION"
        )
    )
    var executions: [ExecutionReference] = []

    @Option(
        help: ArgumentHelp(
            "All executions of this state machine, version or alias that the filter lets through.",
            valueName: "MACHINE"
        )
    )
    var machine: String?

    @OptionGroup
    var filter: ExecutionFilter

    @Flag(name: .shortAndLong, help: "Do not ask for confirmation.")
    var yes = false

    @Flag(help: "Print one JSON document with what became of each.")
    var json = false

    func validate() throws {
        guard executions.isEmpty == (machine != nil) else {
            throw ValidationError("give EXECUTIONs, or --machine with a filter")
        }
        let isFiltered =
            !filter.status.isEmpty || filter.namePattern != nil || filter.from != nil
            || filter.to != nil
        guard machine != nil || !isFiltered else {
            throw ValidationError("--status, --name, --from and --to require --machine")
        }
    }

    /// Does something to each of the executions, several at once.
    ///
    /// Shows on a terminal how far it is, and at the end what became of them.
    ///
    /// - Parameters:
    ///   - change: what is done, in words: `stop`, `stopped`.
    ///   - statuses: the statuses that it can be done in: what a filter without one means.
    ///   - api: who is asked.
    ///   - action: does it to one.
    /// - Throws: exit status 1 when it was refused for one of them.
    func apply(
        _ change: (verb: String, done: String),
        to statuses: [StatusArgument],
        on api: any ServiceAPI,
        _ action: @escaping @Sendable (String) async throws -> JSONObject
    ) async throws {
        let arns = try await chosen(statuses, on: api)
        if machine != nil, !yes, !arns.isEmpty {
            guard let confirmed = Terminal.confirms("\(change.verb) \(arns.count) executions?")
            else { throw ValidationError("\(arns.count) executions are affected: add --yes") }
            guard confirmed else { throw CommandFailure(.failed, "nothing was \(change.done)") }
        }
        var report = BulkReport(change: change.done, count: arns.count, json: json)
        await withTaskGroup(of: BulkReport.Outcome.self) { group in
            for (index, arn) in arns.enumerated() {
                if index >= Self.atOnce, let next = await group.next() { report.add(next) }
                group.addTask {
                    do {
                        return BulkReport.Outcome(arn: arn, answer: try await action(arn))
                    } catch {
                        return BulkReport.Outcome(arn: arn, error: error)
                    }
                }
            }
            for await next in group { report.add(next) }
        }
        try report.finish(isBulk: machine != nil)
    }

    /// How many calls are under way at once.
    private static let atOnce = 8

    private func chosen(
        _ statuses: [StatusArgument],
        on api: any ServiceAPI
    ) async throws -> [String] {
        let names = NameResolver(api: api)
        guard let machine else {
            var arns: [String] = []
            for execution in executions { arns.append(try await names.execution(execution)) }
            return arns
        }
        var filter = filter
        if filter.status.isEmpty { filter.status = statuses }
        let listing = JSONObject([("stateMachineArn", .string(try await names.machine(machine)))])
        let found = try await filter.find(listing, limit: .max - 1, on: api)
        return found.executions.compactMap { $0["executionArn"]?.stringValue }
    }
}
