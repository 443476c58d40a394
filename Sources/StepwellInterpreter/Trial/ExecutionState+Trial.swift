import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

/// What is only computed to be shown: the inputs of a Map state's iterations and its tolerance.
extension ExecutionState {
    /// Notes what a Map state whose items are known would give its iterations.
    mutating func inspectMap(
        _ fields: MapFields,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        if let field = fields.toleratedFailureCount {
            let count = try toleratedCount(field, of: .root, into: &builder)
            inspection?.toleratedFailureCount = count
        }
        if let field = fields.toleratedFailurePercentage {
            let percentage = try toleratedPercentage(field, of: .root, into: &builder)
            inspection?.toleratedFailurePercentage = percentage
        }
        guard fields.itemSelector != nil || fields.itemSelectorTemplate != nil else { return }
        guard let items = branches[.root].items else { return }
        var inputs: [JSONValue] = []
        for index in 0..<items.count {
            guard let item = items.item(at: index) else { continue }
            // In an execution each is a decision of its own.
            builder.decision.begin()
            let input = try iterationInput(of: fields, item: item, under: .root, into: &builder)
            inputs.append(try self.value(of: input, in: .root, into: &builder))
        }
        inspect(.afterItemSelector, Payload(.array(inputs)))
    }
}
