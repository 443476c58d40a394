package import StepwellHistory
package import StepwellJSON

/// The port through which the engine reads the items of distributed Map states.
///
/// Called after the need is durable, on the cooperative pool; cancelled when the engine ends. After
/// a crash a page is asked for again, and what is read then counts.
package protocol ItemSource: Sendable {
    /// Reads the items from a place on: some, but not more than `request` says.
    func read(_ request: ItemRequest) async throws(MapRunDataFault) -> ItemPage
}

/// Items that are asked for.
package struct ItemRequest: Sendable {
    /// The reader as it was evaluated: `Resource`, `Parameters` and `ReaderConfig`.
    package var reader: JSONObject
    /// Where the page begins: `next` of the page before; nil for the first.
    package var cursor: [UInt8]?
    /// How many items are wanted at most; nil for as many as there are.
    package var limit: Int?
    /// The number that the page is to have.
    package var order: Int
    /// About how many bytes of items a page has at most; a larger item has a page of its own.
    package var pageBytes: Int
    package var mapRunARN: String
    /// The role of the execution.
    package var roleARN: String

    package init(
        reader: JSONObject,
        cursor: [UInt8]? = nil,
        limit: Int? = nil,
        order: Int = 0,
        pageBytes: Int = 128 << 10,
        mapRunARN: String = "",
        roleARN: String = ""
    ) {
        self.reader = reader
        self.cursor = cursor
        self.limit = limit
        self.order = order
        self.pageBytes = pageBytes
        self.mapRunARN = mapRunARN
        self.roleARN = roleARN
    }
}

/// Why items cannot be read, or results not be written.
package struct MapRunDataFault: Error, Sendable, Equatable {
    /// The name of the error; nil for `States.ItemReaderFailed` and `States.ResultWriterFailed`.
    package var error: String?
    package var cause: String

    package init(error: String? = nil, _ cause: String) {
        self.error = error
        self.cause = cause
    }
}
