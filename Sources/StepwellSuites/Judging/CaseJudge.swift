import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import StepwellLanguage

/// Compares how a case ended with what is expected.
struct CaseJudge {
    let suite: Suite
    let outcome: CaseOutcome
    let expected: SettingsNode

    /// Everything that does not hold, in the order of the expectations, each with its place.
    func problems() -> [SettingsProblem] {
        status() + output() + failure() + path() + variables() + counts("retries") { $0.retries }
            + counts("visits") { trace in
                Dictionary(trace.visits.map { ($0.state, 1) }, uniquingKeysWith: +)
            } + calls() + elapsed() + next() + unanswered()
    }

    private func problem(_ message: String, _ place: JSONPointer) -> SettingsProblem {
        suite.document.problem(message, at: place)
    }

    // MARK: Status and results

    private func status() -> [SettingsProblem] {
        let written = expected["status"]
        let failureIsExpected = expected["error"] != nil || expected["cause"] != nil
        let wanted = written?.text
        let isRight =
            wanted.map { $0 == outcome.status.rawValue }
            ?? (failureIsExpected
                ? ![.succeeded, .running].contains(outcome.status) : outcome.status == .succeeded)
        guard !isRight else { return [] }
        var got = outcome.status.rawValue
        if outcome.status == .running {
            got += ": it waits for somebody outside"
        } else if let failure = outcome.failure {
            got += " (\(ShownText.of(failure)))"
        }
        let other = failureIsExpected ? "a failure" : "SUCCEEDED"
        let place = written?.place ?? expected.place
        return [problem("status: expected \(wanted ?? other), got \(got)", place)]
    }

    private func output() -> [SettingsProblem] {
        let wanted: [(key: String, isPart: Bool)] = [("output", false), ("outputContains", true)]
        var problems: [SettingsProblem] = []
        for (key, isPart) in wanted {
            guard let value = expected.value[key] else { continue }
            let place = expected.place.appending(key)
            guard let output = outcome.output, let actual = try? output.value() else {
                problems.append(problem("output: there is none", place))
                continue
            }
            let found = JSONDifference.differences(
                of: actual,
                from: value,
                named: "output",
                at: place,
                isPart: isPart
            )
            problems += found.map { problem($0.message, $0.expectation) }
        }
        return problems + matches()
    }

    private func matches() -> [SettingsProblem] {
        guard let node = expected["outputMatches"] else { return [] }
        let predicates = node.value.arrayValue == nil ? [node] : node.items
        return predicates.compactMap { node in
            let predicate = OutputPredicate(node.text ?? "")
            return predicate.objection(to: outcome).map { problem($0, node.place) }
        }
    }

    private func failure() -> [SettingsProblem] {
        let parts = [("error", outcome.failure?.error), ("cause", outcome.failure?.cause)]
        return parts.compactMap { key, actual in
            guard let node = expected[key], let wanted = node.text else { return nil }
            return TextPattern(wanted).objection(to: actual).map {
                problem("\(key): \($0)", node.place)
            }
        }
    }

    private func next() -> [SettingsProblem] {
        guard let node = expected["next"], let wanted = node.text, wanted != outcome.next else {
            return []
        }
        let got = outcome.next.map { "'\($0)'" } ?? "no state"
        return [problem("next: expected '\(wanted)', got \(got)", node.place)]
    }

    // MARK: The way

    private func path() -> [SettingsProblem] {
        guard let node = expected["path"] else { return [] }
        let visits = outcome.trace?.visits ?? []
        let exact = node.value.arrayValue == nil ? node["exact"] : node
        var problems: [SettingsProblem] = []
        if let exact {
            let path = visits.filter(\.isTopLevel).map(\.state)
            problems += wayProblems(path, exact)
        }
        var rest = visits.map(\.state)[...]
        for item in node["contains"]?.items ?? [] {
            let name = item.text ?? ""
            if let found = rest.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) {
                rest = rest[(found + 1)...]
            } else {
                let isLater = visits.contains { $0.state.utf8.elementsEqual(name.utf8) }
                let place = isLater ? "not entered after the preceding states" : "never entered"
                problems.append(problem("path: '\(name)' was \(place)", item.place))
            }
        }
        for item in node["not"]?.items ?? [] {
            let name = item.text ?? ""
            guard visits.contains(where: { $0.state.utf8.elementsEqual(name.utf8) }) else {
                continue
            }
            problems.append(problem("path: '\(name)' was entered", item.place))
        }
        return problems
    }

    private func wayProblems(_ path: [String], _ exact: SettingsNode) -> [SettingsProblem] {
        let items = exact.items
        for (index, item) in items.enumerated() where item.text != path[safe: index] {
            let got = path[safe: index].map { "'\($0)'" } ?? "the end"
            let way = path.joined(separator: " → ")
            return [
                problem(
                    "path: expected '\(item.text ?? "")' at \(index), got \(got); it was \(way)",
                    item.place
                )
            ]
        }
        guard path.count > items.count else { return [] }
        let rest = path.dropFirst(items.count).joined(separator: " → ")
        return [problem("path: expected its end, but it continues with \(rest)", exact.place)]
    }

    private func counts(
        _ key: String,
        _ count: (ExecutionTrace) -> [String: Int]
    ) -> [SettingsProblem] {
        (expected[key]?.members ?? []).compactMap { name, node in
            guard let (traces, state) = traces(of: name), let wanted = node.whole else {
                return nil
            }
            let actual = traces.reduce(0) { $0 + (count($1)[state] ?? 0) }
            guard actual != wanted else { return nil }
            return problem("\(key) of '\(name)': expected \(wanted), got \(actual)", node.place)
        }
    }

    private func calls() -> [SettingsProblem] {
        var problems: [SettingsProblem] = []
        for (name, node) in expected["calls"]?.members ?? [] {
            guard let (traces, state) = traces(of: name) else { continue }
            let calls = traces.flatMap { $0.calls[state] ?? [] }
            if let count = node.whole {
                guard count != calls.count else { continue }
                let message = "calls of '\(name)': expected \(count), got \(calls.count)"
                problems.append(problem(message, node.place))
                continue
            }
            let actual = JSONValue.array(calls.map { (try? $0.value()) ?? .null })
            let found = JSONDifference.differences(
                of: actual,
                from: node.value,
                named: "calls of '\(name)'",
                at: node.place
            )
            problems += found.map { problem($0.message, $0.expectation) }
        }
        return problems
    }

    /// A call that nothing answers is a hole in the case, even where the workflow caught its error
    /// or tried again; a case that expects the error is about it.
    private func unanswered() -> [SettingsProblem] {
        guard outcome.failure?.error != ExecutionTrace.unhandled else { return [] }
        return ([outcome.trace].compactMap(\.self) + outcome.others).flatMap { trace in
            trace.unanswered.map { call in
                let place = trace.machine == suite.machine.name ? "" : "\(trace.machine)/"
                return problem(
                    "mocks: call \(call.number) of '\(place)\(call.state)' has no response",
                    expected.place
                )
            }
        }
    }

    /// The executions that a name of a state is about.
    private func traces(of name: String) -> (traces: [ExecutionTrace], state: String)? {
        let reader = MockReader(document: suite.document, machines: suite.machines)
        return reader.target(name).map { (outcome.traces(of: $0.machine.name), $0.state) }
    }

    private func variables() -> [SettingsProblem] {
        var problems: [SettingsProblem] = []
        for (name, node) in expected["variables"]?.members ?? [] {
            let found = outcome.variables.first { $0.name.utf8.elementsEqual(name.utf8) }
            guard let found, let actual = try? found.value.value() else {
                problems.append(problem("variable '\(name)': it was never assigned", node.place))
                continue
            }
            let differences = JSONDifference.differences(
                of: actual,
                from: node.value,
                named: "$\(name)",
                at: node.place
            )
            problems += differences.map { problem($0.message, $0.expectation) }
        }
        return problems
    }

    private func elapsed() -> [SettingsProblem] {
        guard let node = expected["elapsed"] else { return [] }
        let actual = SuiteDuration.text(outcome.elapsed)
        func milliseconds(_ node: SettingsNode?) -> Int64? {
            node.flatMap { SuiteDuration.milliseconds(of: $0.value) }
        }
        if node.value.objectValue == nil {
            guard let wanted = milliseconds(node), wanted != outcome.elapsed else { return [] }
            let text = SuiteDuration.text(wanted)
            return [problem("elapsed: expected \(text), got \(actual)", node.place)]
        }
        var problems: [SettingsProblem] = []
        if let least = milliseconds(node["min"]), outcome.elapsed < least {
            let text = "elapsed: expected \(SuiteDuration.text(least)) at least, got \(actual)"
            problems.append(problem(text, node.place.appending("min")))
        }
        if let most = milliseconds(node["max"]), outcome.elapsed > most {
            let text = "elapsed: expected \(SuiteDuration.text(most)) at most, got \(actual)"
            problems.append(problem(text, node.place.appending("max")))
        }
        return problems
    }
}

extension Array {
    /// The element at an index, if there is one.
    fileprivate subscript(safe index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}
