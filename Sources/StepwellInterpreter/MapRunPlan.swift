package import StepwellHistory
package import StepwellJSON

/// What a Map Run reads, batches and writes: the fields `ItemReader`, `ItemBatcher` and
/// `ResultWriter` of its state, evaluated.
package struct MapRunPlan: Sendable {
    /// How items are put together.
    package struct Batching: Sendable {
        /// At most so many items a batch; nil for no such bound.
        package let maxItems: Int?
        /// At most so many bytes of input; nil for no bound but that of payloads.
        package let maxBytes: Int?
        /// What every batch has beside its items.
        package let input: JSONValue?

        /// Of an item batcher that was evaluated.
        init(_ batcher: JSONValue) {
            maxItems = batcher["MaxItemsPerBatch"]?.intValue
            maxBytes = batcher["MaxInputBytesPerBatch"]?.intValue
            input = batcher["BatchInput"]
        }
    }

    /// As it is recorded.
    package let payload: Payload
    /// `Resource`, `Parameters` and `ReaderConfig`; nil when the items are the state's input.
    package let reader: JSONObject?
    /// How many items are read at most; nil for all.
    package let maxItems: Int?
    /// Nil when each child has one item.
    package let batching: Batching?
    /// `Resource`, `Parameters` and `WriterConfig`; nil when the state has no result writer.
    package let writer: JSONObject?
    /// Whether the results go somewhere else or take another form than the children's outputs.
    package let writesResults: Bool

    /// The plan of a recorded one; what is no JSON object plans nothing.
    package init(_ payload: Payload) {
        self.payload = payload
        let plan = try? payload.value()
        reader = plan?["ItemReader"]?.objectValue
        let limit = reader?["ReaderConfig"]?["MaxItems"]?.intValue ?? 0
        maxItems = limit > 0 ? limit : nil
        batching = plan?["ItemBatcher"].map { Batching($0) }
        writer = plan?["ResultWriter"]?.objectValue
        writesResults = Self.writes(writer)
    }

    /// See `writesResults`.
    private static func writes(_ writer: JSONObject?) -> Bool {
        guard let writer else { return false }
        if writer["Resource"] != nil { return true }
        let transformation = writer["WriterConfig"]?["Transformation"]?.stringValue
        return transformation.map { !$0.utf8.elementsEqual("COMPACT".utf8) } ?? false
            || writer["WriterConfig"]?["OutputType"]?.stringValue == "JSONL"
    }
}
