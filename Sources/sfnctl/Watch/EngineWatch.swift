import StepwellEngine
import StepwellHistory
import StepwellJSON

/// The whole engine: counts, rates, and the newest executions.
struct EngineWatch: WatchView {
    /// State machines that are asked for their executions at a look.
    private static let mostMachines = 50
    /// Executions of each that are looked at.
    private static let perMachine = 100

    /// Where it is, as it is called in the heading.
    let title: String
    private var machines = 0
    private var executions: [JSONObject] = []
    private var running = (count: 0, isMore: false)
    private var rates: EngineRates?
    private var earlier: EngineRates?
    private var selected = 0

    init(title: String) {
        self.title = title
    }

    mutating func refresh(from api: any ServiceAPI) async throws {
        var arns: [String] = []
        var count = 0
        try await api.each("ListStateMachines", in: "stateMachines") { machine in
            count += 1
            if machine["type"] == .string("STANDARD"), arns.count < Self.mostMachines,
                let arn = machine["stateMachineArn"]?.stringValue
            {
                arns.append(arn)
            }
            return true
        }
        machines = count
        var found: [JSONObject] = []
        running = (0, false)
        for arn in arns {
            let newest = try await Self.page(of: arn, status: nil, api)
            found += newest.executions
            let open = try await Self.page(of: arn, status: "RUNNING", api)
            running.count += open.executions.count
            running.isMore = running.isMore || open.isMore
            // A running execution is worth more than many that have ended.
            let known = Set(newest.executions.compactMap { $0["executionArn"]?.stringValue })
            found += open.executions.filter {
                !known.contains($0["executionArn"]?.stringValue ?? "")
            }
        }
        show(
            found.sorted {
                ($0["startDate"]?.doubleValue ?? 0) > ($1["startDate"]?.doubleValue ?? 0)
            }
        )
        earlier = rates
        rates = try await (api as? ServiceClient)?.metrics().map { EngineRates($0) }
    }

    /// Takes other executions; the selected one stays selected, the newest place the newest.
    private mutating func show(_ fresh: [JSONObject]) {
        let kept =
            executions.indices.contains(selected) ? executions[selected]["executionArn"] : nil
        executions = fresh
        let place = selected == 0 ? nil : executions.firstIndex { $0["executionArn"] == kept }
        selected = place ?? min(selected, max(0, executions.count - 1))
    }

    private static func page(
        of machine: String,
        status: String?,
        _ api: any ServiceAPI
    ) async throws -> (executions: [JSONObject], isMore: Bool) {
        var request = JSONObject([("stateMachineArn", .string(machine))])
        request["maxResults"] = .integer(perMachine)
        request["statusFilter"] = status.map { .string($0) }
        let page = try await api.call("ListExecutions", request)
        let executions = page["executions"]?.arrayValue?.compactMap(\.objectValue) ?? []
        return (executions, page["nextToken"] != nil)
    }

    mutating func press(_ key: Key) -> (any WatchView)? {
        switch key {
        case .up: selected = max(0, selected - 1)
        case .down: selected = min(max(0, executions.count - 1), selected + 1)
        case .pageUp: selected = max(0, selected - 20)
        case .pageDown: selected = min(max(0, executions.count - 1), selected + 20)
        case .open:
            guard executions.indices.contains(selected),
                let arn = executions[selected]["executionArn"]?.stringValue
            else { return nil }
            return ExecutionWatch(arn: arn)
        case .back, .quit: break
        }
        return nil
    }

    func lines(in size: Screen.Size) -> [StyledLine] {
        var heading = StyledLine("sfnctl watch  ", .faint)
        heading.add(title)
        heading.add("  \(SystemClock().now().rfc3339Seconds)", .faint)
        var counts = StyledLine(
            "\(machines) state machines   \(running.count)\(running.isMore ? "+" : "") running"
        )
        for text in measured { counts.add("   \(text)") }
        var table = Table(["", "STATUS", "STARTED", "LASTED", "EXECUTION"])
        let room = max(1, size.lines - 4)
        // The selected one is always to be seen.
        let first = max(0, selected - room + 1)
        let now = SystemClock().now()
        for (index, execution) in executions.enumerated().dropFirst(first).prefix(room) {
            let status = execution["status"]?.stringValue ?? ""
            let start = Timestamp(epochSeconds: execution["startDate"])
            let stop = Timestamp(epochSeconds: execution["stopDate"]) ?? now
            table.add([
                Table.Cell(index == selected ? ">" : " "),
                Table.Cell(status, Terminal.colour(ofStatus: status)),
                Table.Cell(start?.rfc3339Seconds ?? ""),
                Table.Cell(start.map { Lapse(from: $0, to: stop).text } ?? ""),
                Table.Cell(Self.name(of: execution)),
            ])
        }
        return [heading, counts, StyledLine()] + table.drawn(width: size.columns)
    }

    /// `machine:name`, by which other commands take it.
    private static func name(of execution: JSONObject) -> String {
        let arn = execution["executionArn"]?.stringValue ?? ""
        return arn.split(separator: ":").dropFirst(6).joined(separator: ":")
    }

    private var measured: [String] {
        guard let rates else { return [] }
        var texts: [String] = []
        for (series, label) in [
            ("stepwell_executions_started", "started"),
            ("stepwell_executions_closed{status=\"SUCCEEDED\"}", "succeeded"),
            ("stepwell_executions_closed{status=\"FAILED\"}", "failed"),
            ("stepwell_state_transitions", "transitions"),
        ] {
            guard let rate = rates.rate(series, since: earlier) else { continue }
            texts.append("\(label) \((rate * 10).rounded() / 10)/s")
        }
        return texts
    }
}
