/// A path: steps, each applied to what the one before gave.
final class PathNode: Node {
    /// What stands behind a step.
    enum Stage: Sendable {
        case filter(Filter)
        /// Binds the position among the tuples.
        case index(Int)
    }

    /// One step.
    final class Step: Sendable {
        /// What is done with each item.
        enum Action: Sendable {
            case name(String)
            case node(any Node)
            case sort(Sorter)
        }

        let action: Action
        let node: any Node
        let stages: [Stage]
        /// Whether the step makes or goes on with tuples.
        let isTuple: Bool
        /// Whether it orders the items, all together.
        let isSort: Bool
        let focus: Int?
        let index: Int?
        let ancestor: Int?
        /// Where the variables of a path inside the step go.
        let inner: [(from: Int, to: Int)]

        init(action: Action, node: any Node, stages: [Stage], tuple: TupleSlots?) {
            self.action = action
            self.node = node
            self.stages = stages
            isTuple = tuple != nil
            isSort = if case .sort = action { true } else { false }
            focus = tuple?.focus
            index = tuple?.index
            ancestor = tuple?.ancestor
            inner = tuple?.inner ?? []
        }
    }

    /// Where a step that makes or goes on with tuples puts their variables.
    struct TupleSlots {
        var focus: Int?
        var index: Int?
        var ancestor: Int?
        var inner: [(from: Int, to: Int)] = []
    }

    /// What a path does besides its steps.
    struct Options: Sendable {
        var keepSingleton = false
        /// Whether the tuples themselves are the result.
        var givesTuples = false
        var firstIsConstructor = false
        var firstIsVariable = false
        /// The variables of its tuples.
        var slots = 0
    }

    let steps: [Step]
    let options: Options
    let grouping: Grouping?
    /// Whether all steps are names without stages, and the result is what the last gives.
    private let isPlain: Bool
    /// The names of such steps.
    private let names: [String]

    init(_ steps: [Step], _ options: Options, grouping: Grouping?) {
        self.steps = steps
        self.options = options
        self.grouping = grouping
        var names: [String] = []
        for step in steps {
            if case .name(let name) = step.action, step.stages.isEmpty, !step.isTuple {
                names.append(name)
            }
        }
        self.names = names
        isPlain = !options.keepSingleton && grouping == nil && names.count == steps.count
    }

    /// What the steps gave so far.
    private enum Current {
        case items(ContiguousArray<Value>)
        /// An array that the last step gave as it is.
        case whole(ArrayNode)
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        if isPlain, let value = try plain(input, machine) {
            return value
        }
        var items: ContiguousArray<Value> = []
        var whole: ArrayNode?
        var place = 0
        if let alone = alone(input) {
            switch try follow(alone, frame, machine) {
            case .end(let value): return try finish(value, frame, machine)
            case .items(let found, let next): (items, place) = (found, next)
            }
        } else {
            items = input.items
        }
        while place < steps.count {
            let step = steps[place]
            if step.isTuple {
                let tuples = try tuples(from: place, items, frame, machine)
                return try finish(tuples: tuples, frame, machine)
            }
            whole = nil
            if place == 0, options.firstIsConstructor {
                let value = try machine.evaluate(step.node, input, frame)
                items = value.isDefined ? value.items : []
                if case .array(let node) = value, steps.count == 1 {
                    whole = node
                }
            } else {
                let isLast = place == steps.count - 1
                switch try apply(step, items, frame, machine, isLast: isLast) {
                case .items(let found): items = found
                case .whole(let node):
                    whole = node
                    items = []
                }
            }
            if whole == nil, items.isEmpty {
                break
            }
            place += 1
        }
        return try finish(whole.map(Value.array) ?? .sequence(items), frame, machine)
    }

    /// The input as one item, when the path begins with one that the steps can follow by itself.
    private func alone(_ input: Value) -> Value? {
        if options.firstIsVariable {
            return input
        }
        if case .array = input {
            return nil
        }
        return options.firstIsConstructor ? nil : input
    }

    /// How far one item was followed.
    private enum Following {
        /// To the end, or to where there is nothing.
        case end(Value)
        /// Up to a step that the items have to go through.
        case items(ContiguousArray<Value>, Int)
    }

    /// Follows one item through the steps for as long as each gives one.
    private func follow(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Following {
        var value = input
        var place = 0
        while place < steps.count {
            let step = steps[place]
            if step.isTuple || step.isSort {
                return .items([value], place)
            }
            try machine.count()
            value = try self.value(of: step, value, frame, machine)
            place += 1
            guard case .array(let node) = value else {
                if !value.isDefined {
                    return .end(.sequence([]))
                }
                continue
            }
            if place == steps.count, !node.isSequence {
                return .end(value)
            }
            let items: ContiguousArray =
                node.traits.contains(.constructed) ? [value] : node.elements
            return items.isEmpty ? .end(.sequence([])) : .items(items, place)
        }
        return .end(needsSequence ? .sequence([value]) : value)
    }

    /// Whether the end of the path has to be a sequence even when it has one value.
    private var needsSequence: Bool { options.keepSingleton || grouping != nil }

    /// The result of names alone, where they lead through objects only; nil when they do not.
    @inline(__always)
    private func plain(_ input: Value, _ machine: Machine) throws(Fault) -> Value? {
        var value = input
        for name in names {
            guard case .object(let node) = value else {
                if case .array = value {
                    return nil
                }
                return .undefined
            }
            value = node.value(name)
        }
        try machine.count(names.count)
        return value.collapsed()
    }

    private func apply(
        _ step: Step,
        _ items: ContiguousArray<Value>,
        _ frame: Frame,
        _ machine: Machine,
        isLast: Bool
    ) throws(Fault) -> Current {
        try machine.count(items.count)
        if case .sort(let sorter) = step.action {
            let order = try sorter.order(items, { _ in frame }, machine)
            var value = Value.sequence(ContiguousArray(order.map { items[$0] }))
            for case .filter(let filter) in step.stages {
                value = try filter.evaluate(value, frame, machine)
            }
            return .items(value.isDefined ? value.items : [])
        }
        if items.count == 1 {
            let value = try value(of: step, items[0], frame, machine)
            guard case .array(let node) = value else {
                return .items(value.isDefined ? [value] : [])
            }
            if isLast, !node.isSequence {
                return .whole(node)
            }
            return .items(node.traits.contains(.constructed) ? [value] : node.elements)
        }
        var found: ContiguousArray<Value> = []
        found.reserveCapacity(items.count)
        var only: ArrayNode?
        var results = 0
        for item in items {
            let value = try value(of: step, item, frame, machine)
            guard value.isDefined else {
                continue
            }
            results += 1
            if case .array(let node) = value {
                only = node
                if node.traits.contains(.constructed) {
                    found.append(value)
                } else {
                    try Selection.append(node, to: &found, machine)
                }
            } else {
                found.append(value)
            }
        }
        if isLast, results == 1, let only, !only.isSequence {
            return .whole(only)
        }
        try machine.check(length: found.count)
        return .items(found)
    }

    private func value(
        of step: Step,
        _ item: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var value: Value
        if case .name(let name) = step.action, case .object(let node) = item {
            value = node.value(name)
        } else {
            value = try machine.evaluate(step.node, item, frame)
        }
        for case .filter(let filter) in step.stages {
            value = try filter.evaluate(value, frame, machine)
        }
        return value
    }

    private func finish(
        _ result: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var value = result
        if options.keepSingleton, case .array(let node) = value {
            if node.traits.contains(.constructed), !node.isSequence {
                value = .array(ArrayNode([value], [.sequence, .keepSingleton]))
            } else if node.isSequence {
                node.traits.insert(.keepSingleton)
            }
        }
        if let grouping {
            // It was compiled for the frame of a tuple, even if no step came to make one.
            let hasTuples = steps.contains(where: \.isTuple)
            let inner = hasTuples ? Frame(parent: frame, slots: options.slots) : frame
            return try grouping.evaluate(value, inner, machine)
        }
        return value.collapsed()
    }

    private func finish(
        tuples: ContiguousArray<Frame>,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        if let grouping {
            return try grouping.evaluate(.array(TupleStream.array(tuples)), frame, machine)
        }
        if options.givesTuples {
            return .array(TupleStream.array(tuples))
        }
        let items = ContiguousArray(tuples.map(\.context))
        return try finish(.sequence(items), frame, machine)
    }
}
