import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// Wait: arms the timer.
    ///
    /// A time that has passed is a timer that is due at once.
    func wait(
        _ field: WaitField,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let due: Timestamp =
            switch field {
            case .seconds(let seconds): after(seconds)
            case .secondsPath(let path): after(try seconds(at: path, of: id, into: &builder))
            case .timestamp(let time): Timestamp(milliseconds: time.milliseconds)
            case .timestampPath(let path): try timestamp(at: path, of: id, into: &builder)
            case .secondsExpression(let expression):
                after(try seconds(expression, of: id, into: &builder))
            case .timestampExpression(let expression):
                try timestamp(expression, of: id, into: &builder)
            }
        if due <= lastTime {
            // Nothing to wait for: no timer, and the state is left in the same turn.
            return try exitWait(id, into: &builder)
        }
        // Whatever the wait is made from (seen on AWS of seconds).
        if dialect == .current, due > after(Int64(Int32.max)) {
            throw runtimeFailure(Causes.waitTooLong, in: id)
        }
        emit(.engine(.timerArmed(.wait, due: due)), on: id, into: &builder)
    }

    /// `WaitStateExited`: the effective input through OutputPath.
    func exitWait(
        _ id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let state = definition[branches[id].state]
        if state.queryLanguage == .jsonata {
            return try exit(id, by: state.expressionFlow, into: &builder)
        }
        let input = try effectiveInput(of: id, into: &builder)
        inspect(.afterInputPath, input, of: id, into: &builder)
        let assigned = try assignments(state.assign, from: input, on: id, into: &builder)
        let output = try apply(state.outputPath, to: input, in: id, into: &builder)
        try recordExit(of: id, output: output, assigned: assigned, into: &builder)
    }

    /// `Seconds` by an expression; how long a wait may be is another rule's from revision 7 on, for
    /// which one second more than an `Int32` holds is enough.
    private func seconds(
        _ expression: StateExpression,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        let isMeasured = semantics >= Semantics.measuredExpressions
        let most = isMeasured ? Int64.max : LanguageLimits.seconds
        let found = try integer(
            expression,
            field: "Seconds",
            in: (isMeasured ? Int64.min : 0)...most,
            on: id,
            into: &builder
        )
        guard found >= 0 else {
            let problem = Causes.secondsNegative(found)
            throw evaluationFailure(problem, field: "Seconds", isParsed: true, in: id)
        }
        return min(found, Int64(Int32.max) + 1)
    }

    private func timestamp(
        _ expression: StateExpression,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Timestamp {
        let text = try string(expression, field: "Timestamp", on: id, into: &builder)
        guard let time = StatesTimestamp(parsing: text) else {
            let problem = Causes.timestampUnparsable(text)
            throw evaluationFailure(problem, field: "Timestamp", isParsed: true, in: id)
        }
        return Timestamp(milliseconds: time.milliseconds)
    }

    private func after(_ seconds: Int64) -> Timestamp {
        lastTime.advanced(byMilliseconds: seconds.multipliedClamped(by: 1000))
    }

    private func seconds(
        at path: JSONPath,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64 {
        guard let value = try optionalValue(at: path, of: id, into: &builder) else {
            throw runtimeFailure(Causes.secondsPathMissing(path.text), in: id)
        }
        guard dialect == .current else { return try firstSeconds(value, at: path, in: id) }
        // AWS reads the text of any value as a `long`: that of a string stands for its number.
        let text = if case .string(let text) = value { text } else { JSONWriter.string(value) }
        guard let seconds = Int64(text) else {
            throw runtimeFailure(Causes.secondsPathNotLong(path.text, text), in: id)
        }
        guard seconds >= 0 else {
            throw runtimeFailure(Causes.secondsPathNegative(path.text, text), in: id)
        }
        return seconds
    }

    /// What SecondsPath led to until semantics revision 6.
    private func firstSeconds(
        _ value: JSONValue,
        at path: JSONPath,
        in id: BranchID
    ) throws(StateFailure) -> Int64 {
        let text = JSONWriter.string(value)
        guard case .number(let number) = value, let seconds = number.integer else {
            throw runtimeFailure(Causes.secondsPathNotLong(path.text, text), in: id)
        }
        guard seconds >= 0 else {
            throw runtimeFailure(Causes.secondsPathNegative(path.text, text), in: id)
        }
        guard seconds <= LanguageLimits.seconds else {
            throw runtimeFailure(Causes.secondsPathTooLarge(path.text, text), in: id)
        }
        return seconds
    }

    private func timestamp(
        at path: JSONPath,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Timestamp {
        guard let value = try optionalValue(at: path, of: id, into: &builder) else {
            throw runtimeFailure(Causes.timestampPathMissing(path.text), in: id)
        }
        guard case .string(let text) = value, let time = StatesTimestamp(parsing: text) else {
            let shown = if case .string(let text) = value { text } else { JSONWriter.string(value) }
            throw runtimeFailure(Causes.timestampPathInvalid(path.text, shown), in: id)
        }
        return Timestamp(milliseconds: time.milliseconds)
    }

    /// What a path finds in the effective input, nil when it finds nothing.
    func optionalValue(
        at path: JSONPath,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> JSONValue? {
        let input = try effectiveInput(of: id, into: &builder)
        inspect(.afterInputPath, input, of: id, into: &builder)
        let scope = evaluation(of: id, input: try value(of: input, in: id, into: &builder))
        do throws(JSONPathError) {
            return try builder.decision.withPaths { (budget) throws(JSONPathError) in
                try path.evaluate(in: scope, budget: &budget)
            }
        } catch {
            return nil
        }
    }
}
