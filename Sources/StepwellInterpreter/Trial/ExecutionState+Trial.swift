import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

/// What is only computed to be shown: the inputs of a Map state's iterations and its tolerance.
extension ExecutionState {
    /// The steps that the inputs of all iterations may take together.
    private static let shownSteps = 8 * DecisionBudget.evaluationSteps

    /// Notes what a Map state whose items are known would give its iterations.
    func inspectMap(
        _ fields: MapFields,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if let field = fields.toleratedFailureCount {
            let count = try toleratedCount(field, of: .root, into: &builder)
            builder.inspection?.toleratedFailureCount = count
        }
        if let field = fields.toleratedFailurePercentage {
            let percentage = try toleratedPercentage(field, of: .root, into: &builder)
            builder.inspection?.toleratedFailurePercentage = percentage
        }
        guard let items = branches[.root].items else { return }
        let selects = fields.itemSelector != nil || fields.itemSelectorTemplate != nil
        guard selects || fields.batcher != nil else { return }
        var inputs: [Payload] = []
        var rest = Self.shownSteps
        for index in 0..<items.count {
            guard let item = items.item(at: index) else { continue }
            // In an execution each is a decision of its own.
            builder.decision.begin()
            inputs.append(try iterationInput(of: fields, item: item, under: .root, into: &builder))
            rest -= builder.decision.spent
            guard rest > 0 else { throw runtimeFailure(Causes.tooMuchToShow(index + 1), in: .root) }
        }
        if selects {
            var values: [JSONValue] = []
            for input in inputs {
                values.append(try self.value(of: input, in: .root, into: &builder))
            }
            inspect(.afterItemSelector, Payload(.array(values)), of: .root, into: &builder)
        }
        guard let batcher = fields.batcher else { return }
        try inspectBatches(of: inputs, batcher, into: &builder)
    }

    /// Notes the inputs of the children that take several items each.
    private func inspectBatches(
        of items: [Payload],
        _ batcher: ItemBatcherFields,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let evaluated = try evaluate(batcher, on: .root, into: &builder)
        let batching = MapRunPlan.Batching(.object(evaluated))
        var rest = items[...]
        var batches: [JSONValue] = []
        while !rest.isEmpty {
            let batch = try batch(of: batching, on: .root) { rest.dropFirst($0).first?.text }
            rest = rest.dropFirst(batch.count)
            let input = Payload(text: batch.finished())
            batches.append(try self.value(of: input, in: .root, into: &builder))
        }
        inspect(.afterItemBatcher, Payload(.array(batches)), of: .root, into: &builder)
    }
}
