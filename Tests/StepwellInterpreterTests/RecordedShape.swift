import Foundation
import StepwellJSON
import Testing

/// The ids, previous ids and types of a recorded history.
enum RecordedShape {
    /// The shape of a case, by its id.
    static func named(_ id: String) throws -> [String] {
        let recorded = try #require(all[id], "no recording '\(id)'")
        return recorded
    }

    private static let all: [String: [String]] = {
        let folder = RecordedHistoryTests.folder
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        var shapes: [String: [String]] = [:]
        for name in (names ?? []).filter({ $0.hasSuffix(".json") }) {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name),
                let value = try? JSONParser.parse([UInt8](data)),
                case .string(let id)? = value["id"], let events = events(of: value)
            else { continue }
            shapes[id] = events.map { event in
                "\(text(event["id"])) \(text(event["previousEventId"])) \(text(event["type"]))"
            }
        }
        return shapes
    }()

    private static func events(of value: JSONValue) -> [JSONValue]? {
        guard case .array(let steps)? = value["steps"] else { return nil }
        for step in steps where step["op"] == .string("GetExecutionHistory") {
            guard case .array(let expectations)? = step["expect"] else { continue }
            for expectation in expectations {
                if case .array(let events)? = expectation["value"]?["events"] { return events }
            }
        }
        return nil
    }

    private static func text(_ value: JSONValue?) -> String {
        guard let value else { return "?" }
        return value.stringValue ?? JSONWriter.string(value)
    }
}
