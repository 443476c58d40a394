import StepwellHistory

extension ExecutionState {
    /// Takes the records of a decision, and makes its effects out of what they changed: first what
    /// each record gave up, then what the decision asked for.
    mutating func take(_ builder: inout TransitionBuilder) {
        for place in builder.taken..<builder.records.count {
            let owed = owedStops.total
            apply(builder.records[place], at: lastTime)
            if !cancelled.isEmpty {
                builder.effects.append(contentsOf: cancelled.map(Effect.cancel))
                cancelled.removeAll()
            }
            if owedStops.total > owed {
                builder.effects.append(contentsOf: owedStops.added(since: owed).map(Effect.stop))
            }
            if !stoppedChildren.isEmpty {
                builder.effects.append(contentsOf: stoppedChildren.map(Effect.stopChild))
                stoppedChildren.removeAll()
            }
        }
        for ask in builder.settle() {
            if let effect = effect(of: ask) { builder.effects.append(effect) }
        }
    }

    private func effect(of ask: Ask) -> Effect? {
        switch ask {
        case .closed: return .closed(status)
        case .child(let index, let place):
            guard let input = mapRuns[place].open[index] else { return nil }
            return .startChild(childStart(index, of: place, input: input))
        case .dispatch(let branch, let deliveriesBefore):
            guard let task = branches[branch].task, !task.needsRecord else { return nil }
            let isFirst =
                task.kind.waitsForWorker
                ? deliveriesBefore < 0 : deliveriesBefore == 0 && task.deliveries == 1
            return isFirst ? .dispatch(task.dispatch, task.kind) : nil
        }
    }
}
