package import StepwellHistory
import StepwellJSON
package import StepwellLanguage

/// One run of a distributed Map state: its items, and what became of the child execution that each
/// was given to (developer guide, "Map Runs").
///
/// A run belongs to the execution whose Map state started it and lives in that execution's log: no
/// child is started and none is counted without a record.
package struct MapRun: Sendable {
    /// The status of a run, as DescribeMapRun names it.
    package enum Status: UInt8, Sendable, CaseIterable {
        case running = 0
        case succeeded = 1
        case failed = 2
        case aborted = 3
    }

    /// 16 bytes; the text of the UUID is the last part of the run's ARN.
    package let id: [UInt8]
    package let arn: String
    /// The ARN that the children's state machine goes by: `…:stateMachine:NAME/LABEL`.
    package let childMachineARN: String
    /// The Map state.
    package let state: StateIndex
    package let branch: BranchID
    package let executionType: MapFields.ExecutionType
    package var status = Status.running
    package var startDate = Timestamp(milliseconds: 0)
    package var stopDate: Timestamp?
    /// `MapRunStarted` or the newest `MapRunRedriven`; 0 before them.
    package var startedEventID: EventID = 0
    /// How often the run was redriven.
    package var redriveCount = 0
    /// When it was last redriven.
    package var redriveDate: Timestamp?
    /// Whether a redrive was asked for and `MapRunRedriven` is not recorded yet.
    var isReopened = false
    /// 0 stands for no limit of the run's own.
    package var maxConcurrency: Int
    /// Nil where nothing was said.
    package var toleratedFailureCount: Int64?
    /// Nil where nothing was said; 0 to 100.
    package var toleratedFailurePercentage: Double?
    /// The number of items of the state's input, or of those that were read by a run that reads no
    /// more.
    var given: Int
    /// The items of the state's input, until the run is over and cannot be redriven.
    package var items: ResolvedItems?
    /// The items that are read from outside, likewise; nil when they are the state's input.
    package var reading: ItemReading?
    /// Whether the fields of the state that read, batch and write are to be evaluated.
    var needsPlan = false
    /// Those fields, evaluated; nil when there are none.
    package var plan: MapRunPlan?
    /// The next item that has no child.
    var nextItem = 0
    /// Where each child's items end, when children have several each.
    var batchEnds: [UInt32] = []
    var writing = ResultWriting.notYet
    /// The status of every child that was started, in order.
    package internal(set) var children: [ExecutionStatus] = []
    /// How many children have each status.
    var tally: [ExecutionStatus: Int] = [:]
    /// How many items the children of each status have, when they have several each.
    var itemTally: [ExecutionStatus: Int] = [:]
    /// The inputs of the children that run.
    package var open: [Int: Payload] = [:]
    /// The inputs of the children that did not succeed, while they may be redriven.
    var kept: [Int: Payload] = [:]
    /// The children that wait to be redriven, the last item first.
    package var pendingRedrive: [Int] = []
    /// The children that this redrive of the run has redriven.
    var redriven: Set<Int> = []
    /// Of the Express children that were started again: the redrive of the newest execution.
    var restarts: [Int: Int] = [:]
    /// The outputs of the children that succeeded, until the Map state is left.
    package var results: [Int: Payload] = [:]
    /// The bytes of the results.
    var resultBytes = 0
    /// Whether there are results that were not kept.
    var hasLostResults = false

    /// How many children run at once at most, whatever the state says (service quotas).
    package static let concurrencyLimit = 10_000

    /// The indexes of the children that run, in order.
    package var openIndexes: [Int] { open.keys.sorted() }

    /// How many children have a status.
    package func count(_ status: ExecutionStatus) -> Int {
        tally[status, default: 0]
    }

    /// How many items there are, as far as is known.
    package var total: Int { reading?.count ?? given }

    /// Whether no more items will be found.
    var isTotalKnown: Bool { !needsPlan && reading?.isAtEnd ?? true }

    /// Notes that the next child, of so many items, has a status.
    mutating func addChild(_ status: ExecutionStatus, items: Int = 1) {
        children.append(status)
        nextItem += items
        tally[status, default: 0] += 1
        guard plan?.batching != nil else { return }
        batchEnds.append(UInt32(clamping: nextItem))
        itemTally[status, default: 0] += items
    }

    /// Notes that a child has come to another status.
    mutating func setChild(_ index: Int, _ status: ExecutionStatus) {
        count(index, as: children[index], by: -1)
        count(index, as: status, by: 1)
        children[index] = status
    }

    /// Counts a child, or no longer, among those of a status.
    mutating func count(_ index: Int, as status: ExecutionStatus, by sign: Int) {
        tally[status, default: 0] += sign
        guard !batchEnds.isEmpty else { return }
        itemTally[status, default: 0] += sign * itemCount(of: index)
    }

    /// How many items a child has.
    package func itemCount(of index: Int) -> Int {
        guard batchEnds.indices.contains(index) else { return 1 }
        return Int(batchEnds[index]) - (index == 0 ? 0 : Int(batchEnds[index - 1]))
    }

    /// How many items the children of a status have.
    package func itemCount(_ status: ExecutionStatus) -> Int {
        batchEnds.isEmpty ? count(status) : itemTally[status, default: 0]
    }

    /// Whether children have ended without success, and do not wait to be redriven.
    package var hasUnsuccessfulChildren: Bool {
        count(.failed) + count(.timedOut) + count(.aborted) > 0
    }

    /// The run without its payloads, which tells what happened to each child in a byte, and of a
    /// redrive in some more.
    package var outline: MapRun {
        var outline = self
        outline.release()
        outline.open = [:]
        return outline
    }

    /// How many items no child was started for.
    package var itemsLeft: Int { total - nextItem }

    /// Whether another child may start now.
    var mayStartChild: Bool {
        guard status == .running, case .notYet = writing, !needsPlan else { return false }
        let limit = maxConcurrency == 0 ? Self.concurrencyLimit : maxConcurrency
        return open.count < min(limit, Self.concurrencyLimit)
            && (hasItemsForChild || !pendingRedrive.isEmpty)
    }

    /// Whether what the next child is given is at hand: an item, or as many as a batch can take.
    private var hasItemsForChild: Bool {
        guard nextItem < total else { return false }
        guard let batching = plan?.batching, awaitedOrder != nil else { return true }
        return batching.maxItems.map { total - nextItem >= $0 } ?? false
    }

    /// Whether every child has ended.
    var isComplete: Bool {
        isTotalKnown && nextItem == total && open.isEmpty && pendingRedrive.isEmpty
    }

    /// Takes what a child came to; results beyond `room` bytes could never be an output.
    mutating func keepResult(_ output: Payload?, of index: Int, room: Int) {
        guard let output, !hasLostResults else { return }
        resultBytes += output.text.count + 1 - (results[index].map { $0.text.count + 1 } ?? 0)
        results[index] = output
        guard resultBytes > room else { return }
        hasLostResults = true
        results = [:]
    }

    /// Whether more items failed than may.
    ///
    /// Without a threshold none may; where both are given, the first that is exceeded counts
    /// (developer guide, "Tolerated failure threshold for Distributed Map state"). The guide speaks
    /// of failed and timed out items; one that was stopped by hand did not succeed either.
    var exceedsTolerance: Bool {
        let failed = itemCount(.failed) + itemCount(.timedOut) + itemCount(.aborted)
        if failed == 0 { return false }
        guard toleratedFailureCount != nil || toleratedFailurePercentage != nil else { return true }
        if let count = toleratedFailureCount, Int64(failed) > count { return true }
        guard let percentage = toleratedFailurePercentage else { return false }
        // Of how many items they are a part shows when all are read.
        guard isTotalKnown else { return percentage == 0 }
        return Double(failed) * 100 > percentage * Double(total)
    }

    /// What the run's child for an item is called: a UUID that the run and the index determine.
    ///
    /// An Express child that is started again has another name (API reference, RedriveExecution:
    /// Express children are rerun with StartExecution).
    package func childName(_ index: Int) -> String {
        Self.childName(index, of: id, restart: restarts[index] ?? 0)
    }

    /// The same, of the run with an id, whose child was started again so many times.
    static func childName(_ index: Int, of run: [UInt8], restart: Int) -> String {
        let position = UInt64(restart) << 40 | UInt64(index)
        var stream = RandomStream(seed: run, position: position)
        return MapRunID.uuid(stream.block())
    }

    /// Ends the run; the children that still run are given up.
    mutating func end(_ status: Status, at time: Timestamp) -> [String] {
        guard self.status == .running else { return [] }
        self.status = status
        stopDate = time
        return giveUpChildren()
    }

    /// Gives up the children that run, whose names are returned, and those that wait to.
    mutating func giveUpChildren() -> [String] {
        let indexes = openIndexes
        let names = indexes.map(childName)
        for index in indexes {
            setChild(index, .aborted)
            kept[index] = open[index]
        }
        open = [:]
        for index in pendingRedrive { count(index, as: children[index], by: 1) }
        pendingRedrive = []
        return names
    }
}

/// The identity of a Map Run: a UUID (version 8, RFC 9562) that holds the number of its execution,
/// so that DescribeMapRun finds the run without an index.
package enum MapRunID {
    /// 60 bits of the execution's number and 62 random ones.
    static func bytes(execution: ExecutionNumber, random: [UInt8]) -> [UInt8] {
        var bytes = random
        var number = execution.rawValue
        for place in [7, 6, 5, 4, 3, 2, 1, 0] where place != 6 {
            bytes[place] = UInt8(truncatingIfNeeded: number)
            number >>= 8
        }
        bytes[6] = 0x80 | UInt8(truncatingIfNeeded: number) & 0x0F
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }

    /// The execution whose run has this UUID; nil for what is no such UUID.
    package static func execution(ofUUID text: String) -> ExecutionNumber? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32, text.utf8.count == 36 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: 32, by: 2) {
            let pair = String(decoding: digits[place..<place + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        guard bytes[6] >> 4 == 8 else { return nil }
        var number = UInt64(bytes[6] & 0x0F)
        for place in [0, 1, 2, 3, 4, 5, 7] { number = number << 8 | UInt64(bytes[place]) }
        return ExecutionNumber(number)
    }

    /// A version 8 UUID from 16 or more bytes.
    static func uuid(_ bytes: [UInt8]) -> String {
        var bytes = Array(bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return UUIDText.string(bytes)
    }
}

/// A child execution to be started.
package struct ChildStart: Sendable, Equatable {
    package var name: String
    /// `…:stateMachine:NAME/LABEL`.
    package var stateMachineARN: String
    package var executionType: MapFields.ExecutionType
    package var input: Payload
    package var membership: MapRunMembership
    /// Set for a child that is to be redriven: it stands for one redrive, however often it is asked
    /// for.
    package var redriveToken: String?
}

/// A child execution to be stopped.
package struct ChildStop: Sendable, Equatable {
    package var name: String
    package var stateMachineARN: String
}
