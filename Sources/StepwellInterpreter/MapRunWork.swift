package import StepwellHistory
package import StepwellJSON

/// A page of items that is to be read for a Map Run.
package struct ItemRead: Sendable, Equatable {
    /// The run's place among those of its execution.
    package var mapRun: Int
    package var mapRunARN: String
    /// The number of the page.
    package var order: Int
    /// The reader as it was evaluated: `Resource`, `Parameters`, `ReaderConfig`.
    package var reader: JSONObject
    /// Where the page begins; nil for the first.
    package var cursor: [UInt8]?
    /// How many items may be read yet; nil for all.
    package var limit: Int?
}

/// The results of a Map Run that are to be written.
package struct ResultWrite: Sendable, Equatable {
    /// The run's place among those of its execution.
    package var mapRun: Int
    package var mapRunARN: String
    /// The record that asked for it.
    package var asked: Ordinal
    /// The writer as it was evaluated: `Resource`, `Parameters`, `WriterConfig`.
    package var writer: JSONObject
}

/// What the results of a Map Run have come to.
enum ResultWriting: Sendable {
    case notYet
    /// By the record with this ordinal.
    case asked(Ordinal)
    /// They are there: what stands for them, and how many they are.
    case written(Payload, count: Int)
    case failed
}

extension MapRun {
    /// How the next items are read; nil when none are wanted now.
    func awaitedRead(_ place: Int) -> ItemRead? {
        guard let order = awaitedOrder, let reading, let reader = plan?.reader else { return nil }
        return ItemRead(
            mapRun: place,
            mapRunARN: arn,
            order: order,
            reader: reader,
            cursor: reading.cursor,
            limit: plan?.maxItems.map { max(0, $0 - reading.count) }
        )
    }

    /// As many bytes are wanted at hand: as much as a batch may need, where there are any.
    private var readAhead: Int {
        guard let batching = plan?.batching else { return ItemReading.readAhead }
        if let maxItems = batching.maxItems, itemsLeft < maxItems {
            return ItemReading.readAheadOfBatches
        }
        return ItemReading.readAhead + (batching.maxBytes ?? ItemReading.readAhead)
    }

    /// The number of the page that is waited for; nil when none is.
    var awaitedOrder: Int? {
        guard status == .running, isOpenToChildren, let reading, !reading.isAtEnd,
            reading.heldBytes < readAhead
        else { return nil }
        return reading.order
    }

    /// The results that are to be written; nil when none are now.
    func awaitedWrite(_ place: Int) -> ResultWrite? {
        guard status == .running, case .asked(let ordinal) = writing, let writer = plan?.writer
        else { return nil }
        return ResultWrite(mapRun: place, mapRunARN: arn, asked: ordinal, writer: writer)
    }

    /// The record whose results are waited for; nil when none are.
    var awaitedResults: Ordinal? {
        guard status == .running, case .asked(let ordinal) = writing else { return nil }
        return ordinal
    }

    /// Whether children may still be started, as far as the run's end is concerned.
    private var isOpenToChildren: Bool {
        guard case .notYet = writing else { return false }
        return !needsPlan
    }

    /// Whether the results are to be written before the run can end.
    var wantsResultsWritten: Bool {
        guard case .notYet = writing, plan?.writesResults == true else { return false }
        return true
    }

    /// What was written, as the state's result.
    package var writtenOutput: Payload? {
        guard case .written(let output, _) = writing else { return nil }
        return output
    }

    /// How many results were written.
    package var resultsWritten: Int {
        guard case .written(_, let count) = writing else { return 0 }
        return count
    }
}
