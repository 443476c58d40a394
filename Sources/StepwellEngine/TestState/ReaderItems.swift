import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// The items that a Map state's item reader would have read, out of `mapItemReaderData`.
struct ReaderItems {
    /// The items.
    let read: Payload
    /// What `ItemsPointer` finds, where the reader has one.
    let pointed: Payload?

    /// Nil for a state without an item reader; throws `ValidationException` when the data does not
    /// fit the reader.
    init?(for request: TestStateRequest, of tried: TriedState) throws(ServiceError) {
        guard case .map(_) = tried.state.kind else { return nil }
        let data = request.configuration.mapItemReaderData
        guard let reader = tried.fields["ItemReader"]?.objectValue else {
            guard data == nil else {
                throw .validation(
                    "MapItemReaderData can only be specified for a Map state with an ItemReader."
                )
            }
            return nil
        }
        guard let data else {
            throw .validation(
                "MapItemReaderData must be specified when testing a Map state with an ItemReader."
            )
        }
        guard let value = try? JSONParser.parse(Array(data.utf8)) else {
            throw .validation("MapItemReaderData must be valid JSON.")
        }
        let configuration = reader["ReaderConfig"]?.objectValue
        let found = try Self.pointed(configuration?["ItemsPointer"], in: value)
        pointed = found.map { Payload($0) }
        var most = Int.max
        if case .number(let limit)? = configuration?["MaxItems"], let count = limit.integer,
            count > 0
        {
            most = Int(count)
        }
        switch found ?? value {
        case .array(let items): read = Payload(.array(Array(items.prefix(most))))
        case .object(let members):
            read = Payload(.object(JSONObject(members.prefix(most).map { ($0.key, $0.value) })))
        case .null, .bool, .number, .string:
            throw .validation("MapItemReaderData must be a JSON array or object.")
        }
    }

    private static func pointed(
        _ field: JSONValue?,
        in value: JSONValue
    ) throws(ServiceError) -> JSONValue? {
        guard case .string(let text)? = field else { return nil }
        guard let pointer = JSONPointer(text), let found = value[pointer] else {
            throw .validation("The ItemsPointer '\(text)' finds nothing in MapItemReaderData.")
        }
        return found
    }
}
