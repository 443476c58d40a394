import Foundation
import StepwellHistory
import StepwellJSON
import Testing

@Suite("Events that AWS was recorded to give", .enabled(if: RecordedEvents.folder != nil))
struct RecordedEventTests {
    @Test("Every recorded type, details member and field is known")
    func knownNames() throws {
        let events = try RecordedEvents.all()
        #expect(events.count > 2000)
        for (file, event) in events {
            guard case .string(let name)? = event["type"],
                let type = HistoryEventType(rawValue: name),
                let projection = Projection.byType[type]
            else {
                Issue.record("\(file): unknown type \(String(describing: event["type"]))")
                continue
            }
            let envelope: Set = ["timestamp", "type", "id", "previousEventId"]
            let rest = event.keys.filter { !envelope.contains($0) }
            #expect(rest == (projection.key.map { [$0] } ?? []), "\(file): \(name)")
            guard let key = rest.first, case .object(let details)? = event[key] else { continue }
            let unknown = Set(details.keys).subtracting(projection.members ?? [])
            #expect(unknown.isEmpty, "\(file): \(name)")
        }
    }
}

/// The history events in the recorded cases.
enum RecordedEvents {
    /// The folder of cases; nil when there is no conformance data.
    static let folder: URL? = {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let shared =
            ProcessInfo.processInfo.environment["STEPWELL_SHARED"].map {
                URL(fileURLWithPath: $0, relativeTo: root)
            } ?? root.appendingPathComponent("../shared")
        let cases = shared.appendingPathComponent("conformance/cases")
        return FileManager.default.fileExists(atPath: cases.path) ? cases : nil
    }()

    static func all() throws -> [(file: String, event: JSONObject)] {
        guard let folder,
            let files = FileManager.default.enumerator(atPath: folder.path)
        else { throw TestFailure("no recorded cases") }
        var events: [(String, JSONObject)] = []
        for case let file as String in files where file.hasSuffix(".json") {
            let data = try Data(contentsOf: folder.appendingPathComponent(file))
            collect(try JSONParser.parse(Array(data))) { events.append((file, $0)) }
        }
        return events
    }

    private static func collect(_ value: JSONValue, _ found: (JSONObject) -> Void) {
        switch value {
        case .object(let object):
            if object["type"] != nil, object["previousEventId"] != nil { found(object) }
            for member in object { collect(member.value, found) }
        case .array(let values):
            for value in values { collect(value, found) }
        default: break
        }
    }
}
