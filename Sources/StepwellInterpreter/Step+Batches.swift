import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// Children that take several items each (developer guide, "ItemBatcher (Map)").
extension ExecutionState {
    /// `batchScheduled` for as many of the next items as a batch may have.
    func scheduleBatch(
        _ batching: MapRunPlan.Batching,
        of place: Int,
        _ fields: MapFields,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) {
        let first = mapRuns[place].nextItem
        let batch = try batch(of: batching, on: id) { (index) throws(StateFailure) in
            guard let item = mapRuns[place].item(at: first + index) else { return nil }
            // Without batches each would be a decision of its own.
            if index > 0 { builder.decision.begin() }
            return try iterationInput(of: fields, item: item, under: id, into: &builder).text
        }
        let index = mapRuns[place].children.count
        let input = stored(Payload(text: batch.finished()), into: builder)
        builder.decision.charge(writing: input.text.count)
        let scheduled = EngineRecord.batchScheduled(index: index, items: batch.count, input: input)
        emit(.engine(scheduled), on: id, into: &builder)
        builder.ask(.child(index, ofMapRun: place))
    }

    /// As many items as a batch can have; `item` gives the input of each by its place, nil where
    /// there are no more.
    func batch(
        of batching: MapRunPlan.Batching,
        on id: BranchID,
        _ item: (Int) throws(StateFailure) -> [UInt8]?
    ) throws(StateFailure) -> BatchText {
        var batch = BatchText(batching, limit: start?.limits.payloadBytes ?? .max)
        while batch.hasRoom, let next = try item(batch.count), batch.add(next) {}
        guard batch.count > 0 else {
            let name = definition[branches[id].state].name
            let cause = Causes.itemTooLargeForBatch(name)
            throw StateFailure(Failure(error: ErrorName.dataLimitExceeded, cause: cause))
        }
        return batch
    }
}

/// The input of a child that takes several items: `{"BatchInput":…,"Items":[…]}`.
struct BatchText {
    private var text: [UInt8]
    private let maxItems: Int
    private let maxBytes: Int
    /// How many items it has.
    private(set) var count = 0

    /// A batch of no items yet; `limit` is how many bytes any input may have.
    init(_ batching: MapRunPlan.Batching, limit: Int) {
        maxItems = batching.maxItems ?? .max
        maxBytes = min(batching.maxBytes ?? .max, limit)
        text = Array("{".utf8)
        if let input = batching.input {
            text.append(contentsOf: "\"BatchInput\":".utf8)
            JSONWriter.write(input, into: &text)
            text.append(UInt8(ascii: ","))
        }
        text.append(contentsOf: "\"Items\":[".utf8)
    }

    /// Whether another item may be added, if it is not too large.
    var hasRoom: Bool { count < maxItems }

    /// Adds an item; false when the batch would be too large with it.
    mutating func add(_ item: [UInt8]) -> Bool {
        let needed = text.count + item.count + (count > 0 ? 1 : 0) + Self.end.count
        guard needed <= maxBytes else { return false }
        if count > 0 { text.append(UInt8(ascii: ",")) }
        text.append(contentsOf: item)
        count += 1
        return true
    }

    /// The whole text.
    func finished() -> [UInt8] { text + Self.end }

    private static let end = Array("]}".utf8)
}
