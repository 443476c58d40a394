import Foundation
import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellReplay
import Testing

/// Every type of state and every way to fail, event by event with all details.
@Suite("Golden histories")
struct GoldenHistoryTests {
    @Test("the files are readable and argue for every case", arguments: GoldenFile.names)
    func files(name: String) throws {
        let cases = try GoldenFile.cases(name)
        #expect(!cases.isEmpty)
        for golden in cases {
            #expect(!golden.source.isEmpty, "\(golden.name) has no source")
            #expect(!golden.events.isEmpty || GoldenFile.isUpdating, "\(golden.name)")
        }
        #expect(Set(cases.map(\.name)).count == cases.count)
    }

    @Test("the history is the golden one, and derives itself", arguments: GoldenFile.all)
    func history(golden: GoldenCase) throws {
        let run = try GoldenRun(golden)
        let actual = GoldenLine.lines(of: run.driver.events)
        let difference = GoldenLine.difference(actual, golden.events)
        #expect(difference == nil || GoldenFile.isUpdating, "\(difference ?? "")")
        #expect(try run.driver.replayed() == nil)
    }

    @Test(
        "the recording that a case names has the same ids, previous ids and types",
        .enabled(
            if: RecordedHistoryTests.isPresent,
            "the conformance data is not there (STEPWELL_SHARED)"
        ),
        arguments: GoldenFile.all.filter { $0.recorded != nil }
    )
    func recorded(golden: GoldenCase) throws {
        let recording = try RecordedShape.named(try #require(golden.recorded))
        let actual = try GoldenRun(golden).driver.events.map { event in
            "\(event.id) \(event.previousEventID) \(event.body.type?.rawValue ?? "?")"
        }
        #expect(GoldenLine.difference(actual, recording) == nil)
    }

    @Test("the checker notices every alteration of a history", arguments: GoldenFile.all)
    func alterations(golden: GoldenCase) throws {
        let events = try GoldenRun(golden).driver.events
        let expected = GoldenLine.lines(of: events)
        for index in events.indices {
            for altered in Self.alterations(of: events, at: index) {
                #expect(
                    GoldenLine.difference(GoldenLine.lines(of: altered), expected) != nil,
                    "event \(index + 1)"
                )
            }
        }
    }

    @Test("a log with one altered event is found by deriving it again", arguments: GoldenFile.all)
    func divergence(golden: GoldenCase) throws {
        let driver = try GoldenRun(golden).driver
        for event in driver.events {
            #expect(!driver.replayNotices(event, insteadOf: event.id), "\(event)")
            var replaced = event
            replaced.previousEventID += 1
            #expect(driver.replayNotices(replaced, insteadOf: event.id), "\(event)")
            replaced = event
            replaced.body = .executionRedriven(redriveCount: 77)
            #expect(driver.replayNotices(replaced, insteadOf: event.id), "\(event)")
        }
    }

    @Test(
        "writes the expected events anew",
        .enabled(if: GoldenFile.isUpdating, "only with STEPWELL_UPDATE_GOLDENS and --long"),
        arguments: GoldenFile.names
    )
    func update(name: String) throws {
        let text = try GoldenFile.text(name)
        let cases = try GoldenCase.parse(text).map { golden in
            var golden = golden
            golden.events = GoldenLine.lines(of: try GoldenRun(golden).driver.events)
            return golden
        }
        let url = GoldenFile.folder.appending(path: "\(name).txt")
        try Data(GoldenCase.rewrite(text, with: cases).utf8).write(to: url)
    }

    /// Histories that differ from `events` in one place.
    private static func alterations(of events: [HistoryEvent], at index: Int) -> [[HistoryEvent]] {
        let changes: [(inout HistoryEvent) -> Void] = [
            { $0.id += 1 }, { $0.previousEventID += 1 },
            { $0.body = .executionRedriven(redriveCount: 77) },
        ]
        var altered = changes.map { change in
            var copy = events
            change(&copy[index])
            return copy
        }
        var late = events
        for place in index..<late.count where index > 0 {
            late[place].timestamp = late[place].timestamp.advanced(byMilliseconds: 1)
        }
        if index > 0 { altered.append(late) }
        var shorter = events
        shorter.remove(at: index)
        altered.append(shorter)
        var longer = events
        longer.insert(events[index], at: index)
        altered.append(longer)
        if index > 0 {
            var swapped = events
            swapped.swapAt(index - 1, index)
            altered.append(swapped)
        }
        return altered
    }
}
