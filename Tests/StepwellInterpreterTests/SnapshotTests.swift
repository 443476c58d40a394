import Foundation
import StepwellHistory
import StepwellInterpreter
import Testing

/// Snapshots: what they cost, that old ones are read, and that no bytes bring the reader down.
@Suite("Snapshots")
struct SnapshotTests {
    /// What `Golden/Snapshot7.hex` is the state of, written by version 7 of the form.
    private static let definition = #"""
        {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
          {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 5, "End": true}}},
          {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"v.$": "$.k"}, "Next": "C"},
           "C": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
            "TimeoutSeconds": 9, "End": true}}},
          {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$.items",
           "MaxConcurrency": 1, "ItemProcessor": {"StartAt": "W", "States": {
            "W": {"Type": "Wait", "Seconds": 3, "End": true}}}, "End": true}}},
          {"StartAt": "D", "States": {"D": {"Type": "Pass", "End": true}}}]}}}
        """#
    private static let input =
        #"{"k": "a text that every branch is given", "items": [1, {"n": 2}]}"#

    private static func started() throws -> Driver {
        var driver = try Driver(definition)
        try driver.start(input, semantics: 6)
        return driver
    }

    private static func snapshot(_ state: ExecutionState) -> [UInt8] {
        var writer = ByteWriter()
        state.encodeSnapshot(into: &writer)
        return writer.bytes
    }

    private static func old() throws -> [UInt8] {
        let file = GoldenFile.folder.appending(path: "Snapshot7.hex")
        let digits = Array(try String(contentsOf: file, encoding: .utf8).utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }

    @Test("A snapshot of the version before is read, and is the state that it was")
    func earlierVersion() throws {
        let driver = try Self.started()
        let bytes = try Self.old()
        #expect(bytes.first == 7)
        var reader = ByteReader(bytes)
        let read = try ExecutionState(snapshot: &reader, definition: driver.state.definition)
        #expect(reader.isAtEnd)
        #expect(Self.snapshot(read) == Self.snapshot(driver.state))
        // What every branch begins with is one payload in memory too.
        let inputs = read.branches.all.compactMap { $0.parent == .root ? $0.input : nil }
        #expect(inputs.count > 1)
        #expect(inputs.allSatisfy { $0.isCopy(of: inputs[0]) || $0.location != inputs[0].location })
    }

    @Test("Orders to stop jobs are not read from versions that wrote them otherwise")
    func earlierStops() throws {
        var driver = try Driver(
            #"""
            {"StartAt": "S", "States": {"S": {"Type": "Task", "Parameters": {}, "End": true,
              "Resource": "arn:aws:states:::batch:submitJob.sync"}}}
            """#
        )
        try driver.start("{}")
        try driver.feed(.stop(Failure(error: nil, cause: nil)))
        var bytes = Self.snapshot(driver.state)
        var reader = ByteReader(bytes)
        let read = try ExecutionState(snapshot: &reader, definition: driver.state.definition)
        #expect(Self.snapshot(read) == bytes)
        bytes[0] = 8
        reader = ByteReader(bytes)
        #expect(throws: ByteReaderError.self) {
            try ExecutionState(snapshot: &reader, definition: driver.state.definition)
        }
    }

    @Test("A snapshot holds each payload once, however many branches have it")
    func size() throws {
        let branches = (0..<200).map {
            """
            {"StartAt": "W\($0)", "States": {"W\($0)": {"Type": "Wait", "Seconds": 1, "End": true}}}
            """
        }
        var driver = try Driver(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel",
             "Branches": [\(branches.joined(separator: ","))], "End": true}}}
            """
        )
        let input = DecisionBudgetTests.document(20_000)
        try driver.start(input)
        let bytes = Self.snapshot(driver.state)
        #expect(bytes.count < input.utf8.count + 200 * 100)
        var reader = ByteReader(bytes)
        let read = try ExecutionState(snapshot: &reader, definition: driver.state.definition)
        #expect(Self.snapshot(read) == bytes)
        let inputs = read.branches.all.map(\.input)
        #expect(inputs.allSatisfy { $0.isCopy(of: inputs[0]) })
    }

    /// A state that altered bytes happen to hold has to take what follows: records and inputs.
    private static func exercise(_ bytes: [UInt8], _ driver: Driver) {
        var reader = ByteReader(bytes)
        guard
            var state = try? ExecutionState(snapshot: &reader, definition: driver.state.definition)
        else { return }
        for record in driver.records { state.apply(record, at: driver.now) }
        var reader2 = ByteReader(bytes)
        guard
            var other = try? ExecutionState(snapshot: &reader2, definition: driver.state.definition)
        else { return }
        for _ in 0..<4 {
            var builder = TransitionBuilder()
            if other.canGoOn {
                _ = other.step(.continueTurn, at: driver.now, into: &builder)
            } else if let timer = other.earliestTimer {
                _ = other.step(.timerFired(timer.ordinal), at: driver.now, into: &builder)
            }
        }
    }

    @Test("No alteration of a snapshot brings down what reads it or goes on from it")
    func alterations() throws {
        var driver = try Self.started()
        let new = Self.snapshot(driver.state)
        let old = try Self.old()
        try driver.run()
        for bytes in [new, old] {
            for place in bytes.indices {
                for alteration in [1, 0x7F, 0x80, 0xFF] as [UInt8] {
                    var altered = bytes
                    altered[place] ^= alteration
                    Self.exercise(altered, driver)
                }
            }
        }
    }
}
