package import StepwellJSON

/// History events in the form of GetExecutionHistory: `HistoryEvent` of the Step Functions API.
package enum EventJSON {
    /// The event as a JSON object.
    ///
    /// Without execution data everything that holds a payload is left out: `input`, `output`,
    /// `parameters` and `assignedVariables`, and the members that say whether they were cut.
    package static func object(
        for event: HistoryEvent,
        includeExecutionData: Bool
    ) -> JSONObject {
        var object = JSONObject()
        object["timestamp"] = .number(event.timestamp.epochSeconds)
        object["type"] = event.body.type.map { .string($0.rawValue) }
        object["id"] = .number(JSONNumber(event.id))
        object["previousEventId"] = .number(JSONNumber(event.previousEventID))
        var details = EventDetails(includesData: includeExecutionData)
        if details.add(event.body), let key = event.body.detailsKey {
            object[key] = .object(details.members)
        }
        return object
    }

    /// An event's details alone, empty when it has none.
    package static func details(
        of body: HistoryEventBody,
        includeExecutionData: Bool
    ) -> JSONObject {
        var details = EventDetails(includesData: includeExecutionData)
        return details.add(body) ? details.members : JSONObject()
    }

    /// Appends the text of an event to an array's text, which begins with its bracket.
    package static func append(
        _ event: HistoryEvent,
        includeExecutionData: Bool,
        to array: inout [UInt8]
    ) {
        if array.count > 1 { array.append(UInt8(ascii: ",")) }
        let object = object(for: event, includeExecutionData: includeExecutionData)
        JSONWriter.write(.object(object), into: &array)
    }

    /// Events as the text of a JSON array.
    package static func array(
        _ events: some Sequence<HistoryEvent>,
        includeExecutionData: Bool
    ) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for event in events {
            append(event, includeExecutionData: includeExecutionData, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}

extension HistoryEventBody {
    /// The name of the member that holds the details: the type's, except that all states share
    /// two.
    fileprivate var detailsKey: String? {
        switch self {
        case .stateEntered: return "stateEnteredEventDetails"
        case .stateExited: return "stateExitedEventDetails"
        default:
            guard let name = type?.rawValue.utf8, let initial = name.first else { return nil }
            // The names are ASCII and begin with a capital.
            let letters = [initial | 0x20] + name.dropFirst()
            return String(decoding: letters, as: UTF8.self) + "EventDetails"
        }
    }
}

extension Timestamp {
    /// Seconds since the epoch with three decimals, as the API's `Timestamp` travels.
    package var epochSeconds: JSONNumber {
        let magnitude = milliseconds.magnitude
        let fraction = String(magnitude % 1000 + 1000).dropFirst()
        let text = "\(milliseconds < 0 ? "-" : "")\(magnitude / 1000).\(fraction)"
        return JSONNumber(storage: .literal(text, Double(milliseconds) / 1000))
    }
}
