package import StepwellEngine
package import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// What the Map Runs of a simulated world read: a list of items, some to a page.
package struct SimulatedDataset: Sendable {
    /// The items as JSON text.
    package var items: [String]
    /// How many items a page has.
    package var pageItems: Int
    /// The page that cannot be read, by the index of its first item; nil for none.
    package var unreadable: Int?

    package init(_ items: [String] = [], pageItems: Int = 2, unreadable: Int? = nil) {
        self.items = items
        self.pageItems = pageItems
        self.unreadable = unreadable
    }

    /// What a read or a write comes to; results are written as `"WRITTEN"`.
    package func answer(to assignment: MapRunAssignment) -> Input {
        switch assignment.work {
        case .write(let write):
            return .resultsWritten(
                mapRun: write.mapRun,
                asked: write.asked,
                output: Payload(.string("WRITTEN")),
                count: items.count
            )
        case .read(let read):
            let first = read.cursor.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
            if first == unreadable {
                let failure = Failure(error: "States.ItemReaderFailed", cause: "No such page.")
                return .itemsNotRead(mapRun: read.mapRun, order: read.order, failure)
            }
            let rest = read.limit.map { first + $0 } ?? items.count
            let end = min(first + pageItems, items.count, rest)
            let page = items[min(first, end)..<end]
            let text = "[" + page.joined(separator: ",") + "]"
            let isLast = end >= min(items.count, rest)
            return .itemsRead(
                mapRun: read.mapRun,
                ItemPage(
                    order: read.order,
                    items: Payload(text: Array(text.utf8)),
                    origins: [ItemOrigin(count: page.count, source: "S3://bucket/key")],
                    next: isLast ? nil : Array(String(end).utf8)
                )
            )
        }
    }
}
