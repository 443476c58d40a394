import StepwellEngine
import StepwellIntegrations
import StepwellJSON
import StepwellLanguage

/// Reads the responses of states: in the words of Step Functions Local's mock configuration file,
/// or shorter.
///
///     Charge: {return: {receipt: 7}}                     for every call
///     Ship: [{throw: Busy, times: 2}, {return: {}}]      call by call
///     Pack: {"0-1": {Throw: {Error: Busy, Cause: b}}, "2": {Return: {}}}
struct MockReader {
    let document: SettingsDocument
    let machines: [SuiteMachine]

    typealias Responses = [MockConfiguration.Response]

    /// What a name of a state means: a state of the first state machine, or `MACHINE/STATE`.
    func target(_ name: String) -> (machine: SuiteMachine, state: String)? {
        if let first = machines.first, first.state(name) != nil { return (first, name) }
        for machine in machines {
            let prefix = "\(machine.name)/"
            guard name.utf8.starts(with: prefix.utf8) else { continue }
            let state = String(name.dropFirst(prefix.count))
            if machine.state(state) != nil { return (machine, state) }
        }
        return nil
    }

    /// What is said of a state that is not there.
    func unknown(_ name: String) -> String {
        var names = machines.first?.definition.states.map(\.name) ?? []
        for machine in machines.dropFirst() {
            names += machine.definition.states.map { "\(machine.name)/\($0.name)" }
        }
        return "there is no state '\(name)'" + NearName.suggestion(name, in: names)
    }

    /// The responses of states by state machine and state.
    func mocks(
        _ nodes: [SettingsNode]
    ) throws(SettingsProblems) -> [String: [String: Responses]] {
        var mocks: [String: [String: Responses]] = [:]
        var problems: [SettingsProblem] = []
        for (name, node) in nodes.flatMap(\.members) {
            guard let (machine, state) = target(name) else {
                problems.append(document.problem(unknown(name), at: node.place))
                continue
            }
            guard case .task(_)? = machine.state(state)?.kind else {
                let message = "'\(name)' is not a Task state: there is nothing to mock"
                problems.append(document.problem(message, at: node.place))
                continue
            }
            do throws(SettingsProblems) {
                let found = try responses(node)
                try check(found, of: state, in: machine, at: node)
                mocks[machine.name, default: [:]][state] = found
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw SettingsProblems(problems) }
        return mocks
    }

    /// Responses can be given as they say: whoever does an activity's task holds the clock, so that
    /// none of its time can pass.
    func check(
        _ responses: Responses,
        of state: String,
        in machine: SuiteMachine,
        at node: SettingsNode
    ) throws(SettingsProblems) {
        guard machine.isActivity(state), responses.contains(where: { $0.delay > 0 }) else { return }
        throw problem(
            "the responses of an activity cannot be delayed, and '\(state)' is one",
            at: node
        )
    }

    /// The responses that stand for the calls of one state.
    func responses(_ node: SettingsNode) throws(SettingsProblems) -> Responses {
        if node.value.arrayValue != nil {
            var next = 0
            var responses: Responses = []
            for item in node.items {
                let step = try step(item)
                let last = next + step.times - 1
                responses.append(response(next...last, step))
                next = last + 1
            }
            return responses
        }
        let members = node.members
        let ranges = members.map { Self.calls($0.name) }
        guard !members.isEmpty, ranges.allSatisfy({ $0 != nil }) else {
            return [response(0...Int.max, try step(node))]
        }
        var responses: Responses = []
        for (member, range) in zip(members, ranges) {
            guard let range else { continue }
            guard !responses.contains(where: { $0.invocations.overlaps(range) }) else {
                throw problem("'\(member.name)' overlaps an earlier entry", at: member.node)
            }
            responses.append(response(range, try step(member.node)))
        }
        return responses
    }

    private struct Step {
        var outcome: MockConfiguration.Outcome
        var delay: Int64 = 0
        var times = 1
    }

    private static let keys = ["return", "throw", "Return", "Throw", "delay", "Delay", "times"]

    private func step(_ node: SettingsNode) throws(SettingsProblems) -> Step {
        guard node.value.objectValue != nil else {
            throw problem("{return: …} or {throw: …} is expected here", at: node)
        }
        for member in node.members where !Self.keys.contains(member.name) {
            let suggestion = NearName.suggestion(member.name, in: Self.keys)
            throw problem("'\(member.name)' is not known here\(suggestion)", at: member.node)
        }
        var step = Step(outcome: try outcome(node))
        if let delay = node["delay"] ?? node["Delay"] {
            guard let milliseconds = SuiteDuration.milliseconds(of: delay.value) else {
                throw problem("a time such as 90s or 2h is expected here", at: delay)
            }
            step.delay = milliseconds
        }
        if let times = node["times"] {
            guard let count = times.whole, (1...1_000_000) ~= count else {
                throw problem("a number of calls, from 1, is expected here", at: times)
            }
            step.times = count
        }
        return step
    }

    private func outcome(
        _ node: SettingsNode
    ) throws(SettingsProblems) -> MockConfiguration.Outcome {
        let outcomes = node.members.filter {
            ["return", "Return", "throw", "Throw"].contains($0.name)
        }
        guard outcomes.count == 1, let outcome = outcomes.first else {
            throw problem("a response has either 'return' or 'throw'", at: node)
        }
        switch outcome.name {
        case "return": return .resulted(outcome.node.value)
        case "Return": return .returned(outcome.node.value)
        default: break
        }
        if let name = outcome.node.text { return .thrown(error: name, cause: "") }
        let error = outcome.node["error"] ?? outcome.node["Error"]
        let cause = outcome.node["cause"] ?? outcome.node["Cause"]
        let isKnown = outcome.node.members.allSatisfy {
            ["error", "Error", "cause", "Cause"].contains($0.name)
        }
        guard let error = error?.text, isKnown, cause == nil || cause?.text != nil else {
            throw problem("an error's name, or {error: …, cause: …}, is expected", at: outcome.node)
        }
        return .thrown(error: error, cause: cause?.text ?? "")
    }

    private func response(_ calls: ClosedRange<Int>, _ step: Step) -> MockConfiguration.Response {
        MockConfiguration.Response(
            invocations: calls,
            outcome: step.outcome,
            delay: step.delay
        )
    }

    private func problem(_ message: String, at node: SettingsNode) -> SettingsProblems {
        SettingsProblems([document.problem(message, at: node.place)])
    }

    /// `3` or `1-2`.
    private static func calls(_ key: String) -> ClosedRange<Int>? {
        let ends = key.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        switch ends.count {
        case 1: return ends[0].flatMap { $0 >= 0 ? $0...$0 : nil }
        case 2:
            guard let first = ends[0], let last = ends[1], 0 <= first, first <= last else {
                return nil
            }
            return first...last
        default: return nil
        }
    }
}
