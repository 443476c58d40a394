import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// Makes the picture of an execution from its story.
struct PicturePainter {
    private let story: ExecutionStory
    private let request: PictureRequest
    private let state: ExecutionState
    private let timers: [Ordinal: ArmedTimer]
    /// How many branches may be shown yet.
    private var room: Int
    /// How many bytes of payloads may be shown yet before they are cut short.
    private var payloadRoom = 4 << 20
    /// A payload's beginning is shown even when there is no more room.
    private static let leastShown = 256

    init(of story: ExecutionStory, _ request: PictureRequest) {
        self.story = story
        self.request = request
        state = story.state
        timers = Dictionary(
            state.timers.elements.map { ($0.ordinal, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        room = request.branchLimit
    }

    /// The picture; nil before the execution has started.
    mutating func picture() -> ExecutionPicture? {
        guard let start = state.start else { return nil }
        let input = shown(start.input)
        let output = state.output.map { shown($0) }
        let variables = state.branches.isEmpty ? [] : state.branches[.root].variables
        let shownVariables = variables.map { shown($0) }
        let branches = topBranches()
        let executionTimer = state.executionTimer.flatMap { timers[$0] }
        return ExecutionPicture(
            executionARN: start.executionARN,
            name: start.givenName,
            stateMachineARN: start.stateMachineARN,
            status: state.status,
            startDate: state.startTime,
            stopDate: state.status == .running ? nil : state.stopTime,
            place: ExecutionPicture.Place(
                eventID: state.lastEventID,
                record: state.lastOrdinal.rawValue,
                time: state.lastTime,
                lastEventID: state.lastEventID,
                lastRecord: state.lastOrdinal.rawValue
            ),
            input: input,
            output: output,
            error: state.failure?.error,
            cause: state.failure?.cause,
            variables: shownVariables,
            timeout: executionTimer?.due,
            redriveCount: state.redriveCount,
            redriveDate: state.redriveDate,
            branches: branches
        )
    }

    private mutating func topBranches() -> [ActiveBranch] {
        let top = request.branch ?? .root
        guard !state.branches.isEmpty, state.branches.contains(top), state.status != .succeeded
        else { return [] }
        return [paint(state.branches[top], after: request.after)]
    }

    private mutating func paint(_ branch: Branch, after: Int? = nil) -> ActiveBranch {
        room -= 1
        let definition = story.definition
        let isEntering = branch.phase == .entering
        var painted = ActiveBranch(
            id: Int64(branch.id.rawValue),
            path: story.path(of: branch.id),
            kind: branch.role.kind,
            index: branch.role.index,
            status: status(of: branch)
        )
        painted.state = definition[branch.state].name
        painted.type = definition[branch.state].kind.typeName
        painted.phase = branch.phase.name
        if !isEntering, branch.enteredEventID > 0 {
            painted.enteredEventID = branch.enteredEventID
            painted.since = branch.enteredTime
        }
        // What a fresh branch is given is not known before it is entered.
        if !(branch.isFresh && branch.parent != nil) { painted.input = shown(branch.input) }
        painted.variables = branch.variables.map { shown($0) }
        painted.retries = retries(of: branch)
        switch branch.phase {
        case .failed(let failure), .caught(let failure, _):
            painted.error = failure.failure.error
            painted.cause = failure.failure.cause
        default: break
        }
        painted.waitingFor = story.wait(of: branch, timers)
        painted.children = children(of: branch, after: after)
        return painted
    }

    private func status(of branch: Branch) -> VisitStatus {
        if branch.phase != .entering, let visit = story.visit(enteredBy: branch.enteredEventID) {
            return story.visits[visit].status
        }
        switch state.status {
        case .running: return .running
        case .succeeded: return .succeeded
        case .failed, .aborted: return .aborted
        case .timedOut: return .timedOut
        }
    }

    private func retries(of branch: Branch) -> [BranchRetry] {
        let retriers = story.definition[branch.state].retriers
        return branch.retries.counts.enumerated().compactMap { index, count in
            guard count > 0, index < retriers.count else { return nil }
            return BranchRetry(
                errorEquals: retriers[index].errorEquals.names,
                retrier: index,
                attempt: count,
                maxAttempts: retriers[index].maxAttempts
            )
        }
    }

    // MARK: Children

    private mutating func children(of branch: Branch, after: Int?) -> BranchChildren? {
        if let place = branch.mapRun ?? branch.endedMapRun {
            return children(of: state.mapRuns[place], path: story.path(of: branch.id), after: after)
        }
        guard let children = branch.children ?? branch.ended else { return nil }
        var shown = BranchChildren(
            count: children.results.count,
            running: children.live.count,
            succeeded: children.finished,
            failed: children.unsuccessful.count
        )
        if case .map = story.definition[branch.state].kind, let items = children.items,
            items.maxConcurrency < children.results.count
        {
            shown.maxConcurrency = items.maxConcurrency
        }
        var live = children.live.filter { state.branches.contains($0) }
            .map { (index: state.branches[$0].role.index ?? 0, id: $0) }
        live.sort { $0.index < $1.index }
        for child in live where child.index > after ?? -1 {
            guard shown.branches.count < request.limit, room > 0 else {
                shown.next = shown.branches.last?.index ?? after ?? -1
                break
            }
            shown.branches.append(paint(state.branches[child.id]))
        }
        if state.status != .running { addEnded(children, after: after, to: &shown) }
        return shown
    }

    /// Where an execution has failed: the children that did not succeed, as they stood.
    private mutating func addEnded(
        _ children: Children,
        after: Int?,
        to shown: inout BranchChildren
    ) {
        let ended = children.unsuccessful.sorted { ($0.role.index ?? 0) < ($1.role.index ?? 0) }
        for child in ended where child.role.index ?? 0 > after ?? -1 {
            guard shown.branches.count < request.limit, room > 0 else {
                shown.next = shown.next ?? shown.branches.last?.index ?? after ?? -1
                return
            }
            shown.branches.append(paint(child))
        }
    }

    private mutating func children(
        of run: MapRun,
        path: String,
        after: Int?
    ) -> BranchChildren {
        let total = max(run.total, run.children.count)
        var shown = BranchChildren(
            count: total,
            running: run.count(.running),
            succeeded: run.count(.succeeded),
            failed: run.count(.failed) + run.count(.timedOut) + run.count(.aborted)
        )
        if run.maxConcurrency > 0 { shown.maxConcurrency = run.maxConcurrency }
        let name = story.definition[run.state].name
        for index in run.openIndexes where index > after ?? -1 {
            guard shown.branches.count < request.limit, room > 0 else {
                shown.next = shown.branches.last?.index ?? after ?? -1
                break
            }
            room -= 1
            var child = ActiveBranch(
                id: Int64(index),
                path: (path.isEmpty ? "" : path + "/") + "\(name)[\(index)]",
                kind: .child,
                index: index,
                status: .running
            )
            child.executionARN = run.childARN(index)
            child.input = run.open[index].map { self.shown($0) }
            shown.branches.append(child)
        }
        return shown
    }

    // MARK: Payloads

    private mutating func shown(_ variable: AssignedVariable) -> PicturedVariable {
        PicturedVariable(name: variable.name, value: shown(variable.value))
    }

    private mutating func shown(_ payload: Payload) -> PicturedPayload {
        let limit = request.payloadLimit.map { min($0, max(Self.leastShown, payloadRoom)) }
        let shown = PicturedPayload(payload, limit: limit)
        payloadRoom -= shown.text.utf8.count
        return shown
    }
}

extension ExecutionStory {
    /// The picture of the execution as it is here; nil before it has started.
    package func picture(_ request: PictureRequest = PictureRequest()) -> ExecutionPicture? {
        var painter = PicturePainter(of: self, request)
        return painter.picture()
    }
}

extension Branch.Role {
    /// The place among the branches or iterations; nil for the root.
    package var index: Int? {
        switch self {
        case .root: nil
        case .parallel(let index), .iteration(let index): index
        }
    }

    /// What a picture calls it.
    fileprivate var kind: ActiveBranch.Kind {
        switch self {
        case .root: .execution
        case .parallel: .branch
        case .iteration: .iteration
        }
    }
}

extension Phase {
    /// The phase in a word.
    fileprivate var name: String {
        switch self {
        case .entering: "entering"
        case .entered: "entered"
        case .chosen: "chosen"
        case .waiting: "waiting"
        case .waited: "waited"
        case .working: "working"
        case .joining: "joining"
        case .collected: "collected"
        case .resulted: "resulted"
        case .failed: "failed"
        case .caught: "caught"
        case .ended: "ended"
        case .aborted: "aborted"
        }
    }
}

extension MapRun {
    /// The ARN of the child execution for an item.
    fileprivate func childARN(_ index: Int) -> String {
        let type = executionType == .express ? "express" : "execution"
        let parts = childMachineARN.split(separator: ":", omittingEmptySubsequences: false)
        let names = parts.enumerated().map { $0.offset == 5 ? Substring(type) : $0.element }
        return names.joined(separator: ":") + ":" + childName(index)
    }
}
