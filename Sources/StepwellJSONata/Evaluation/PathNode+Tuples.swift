extension PathNode {
    /// The tuples that the steps from `first` on make of the items.
    func tuples(
        from first: Int,
        _ items: ContiguousArray<Value>,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> ContiguousArray<Frame> {
        var tuples: ContiguousArray<Frame> = []
        tuples.reserveCapacity(items.count)
        for item in items {
            let tuple = Frame(parent: frame, slots: options.slots)
            tuple.context = item
            tuples.append(tuple)
        }
        for step in steps[first...] {
            tuples = try apply(step, to: tuples, machine)
        }
        return tuples
    }

    private func apply(
        _ step: Step,
        to tuples: ContiguousArray<Frame>,
        _ machine: Machine
    ) throws(Fault) -> ContiguousArray<Frame> {
        var result: ContiguousArray<Frame> = []
        if case .sort(let sorter) = step.action {
            let contexts = ContiguousArray(tuples.map(\.context))
            let order = try sorter.order(contexts, { tuples[$0] }, machine)
            result = ContiguousArray(order.map { tuples[$0] })
            bindIndex(step.index, &result)
        } else {
            for tuple in tuples {
                try machine.count()
                let value = try machine.evaluate(step.node, tuple.context, tuple)
                try extend(tuple, with: value, step, into: &result, machine)
                machine.leave(tuple)
            }
        }
        try machine.check(length: result.count)
        for stage in step.stages {
            switch stage {
            case .filter(let filter): result = try filter.evaluate(tuples: result, machine)
            case .index(let slot): bindIndex(slot, &result)
            }
        }
        return result
    }

    /// Gives each tuple its position; a tuple may stand in an earlier stream too, hence the copy.
    private func bindIndex(_ slot: Int?, _ tuples: inout ContiguousArray<Frame>) {
        guard let slot else {
            return
        }
        for place in tuples.indices {
            let tuple = Frame(copying: tuples[place])
            tuple.slots[slot] = .number(Double(place))
            tuples[place] = tuple
        }
    }

    /// Counts tuples that are made, and refuses a stream that is too long.
    private func count(
        _ added: Int,
        beside known: Int,
        _ machine: Machine
    ) throws(Fault) {
        try machine.check(length: known + added)
        try machine.count(added * Machine.containerSteps)
    }

    /// Adds the tuples that a step's value makes of one tuple.
    private func extend(
        _ tuple: Frame,
        with value: Value,
        _ step: Step,
        into result: inout ContiguousArray<Frame>,
        _ machine: Machine
    ) throws(Fault) {
        guard value.isDefined else {
            return
        }
        if case .array(let node) = value, let inner = node.tuples {
            try count(inner.count, beside: result.count, machine)
            for other in inner {
                let next = Frame(copying: tuple)
                for (from, to) in step.inner {
                    next.slots[to] = other.slots[from]
                }
                next.context = other.context
                result.append(next)
            }
            return
        }
        let count = if case .array(let node) = value { node.count } else { 1 }
        try self.count(count, beside: result.count, machine)
        for (place, item) in value.items.enumerated() {
            let next = Frame(copying: tuple)
            if let focus = step.focus {
                next.slots[focus] = item
            } else {
                next.context = item
            }
            if let index = step.index {
                next.slots[index] = .number(Double(place))
            }
            if let ancestor = step.ancestor {
                next.slots[ancestor] = tuple.context
            }
            result.append(next)
        }
    }
}
