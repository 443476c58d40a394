package import Logging
import NIOCore
import NIOPosix
package import StepwellEngine
import Synchronization

/// Runs functions as processes of this machine, which it speaks with by Lambda's Runtime API.
package final class FunctionHost: FunctionInvoking {
    private struct State: Sendable {
        var pools: [String: FunctionPool] = [:]
        /// Those whose processes end when they are free.
        var ending: [FunctionPool] = []
        var events: [UInt64: Task<Void, Never>] = [:]
        var lastEvent: UInt64 = 0
        var isShutDown = false
    }

    /// How many events may be in hand.
    private static let maximumEvents = 10_000
    /// What is waited before an event is tried again (developer guide, "How Lambda handles errors
    /// with asynchronous invocation").
    private static let eventRests: [Duration] = [.seconds(60), .seconds(120)]

    private let region: String
    private let account: String
    private let logger: Logger
    private let loops = MultiThreadedEventLoopGroup.singleton
    private let state = Mutex(State())

    /// A host of no functions yet; see ``update(_:)``.
    package init(region: String, account: String, logger: Logger) {
        self.region = region
        self.account = account
        self.logger = logger
    }

    /// Whether each function can be hosted: its directory, its handler, its runtime.
    ///
    /// - Throws: `FunctionProblem` about the first that cannot, with what to do about it.
    package static func check(
        _ settings: [FunctionSettings],
        region: String = "us-east-1",
        account: String = "000000000000"
    ) async throws(FunctionProblem) {
        let plans = try settings.map { settings throws(FunctionProblem) in
            try FunctionPlan(settings, region: region, account: account)
        }
        let first = await withTaskGroup(of: (Int, FunctionProblem?).self) { group in
            for (index, plan) in plans.enumerated() {
                group.addTask {
                    do throws(FunctionProblem) {
                        try await plan.check()
                        return (index, nil)
                    } catch {
                        return (index, error)
                    }
                }
            }
            var problems: [(Int, FunctionProblem)] = []
            for await case (let index, let problem?) in group { problems.append((index, problem)) }
            return problems.min { $0.0 < $1.0 }?.1
        }
        if let first { throw first }
    }

    /// Hosts these functions and no others.
    ///
    /// Processes of a function that has changed, or is not among them, end when they are free. One
    /// that cannot be hosted is named in the log, and is as it was.
    package func update(_ settings: [FunctionSettings]) {
        var plans: [String: FunctionPlan] = [:]
        var kept: Set<String> = []
        for settings in settings {
            let name = FunctionReference(settings.name)?.name ?? settings.name
            do throws(FunctionProblem) {
                plans[name] = try FunctionPlan(settings, region: region, account: account)
            } catch {
                logger.error("\(error)")
                kept.insert(name)
            }
        }
        let old = state.withLock { state -> [FunctionPool] in
            guard !state.isShutDown else { return [] }
            let old = state.pools.filter { name, pool in
                !kept.contains(name) && plans[name] != pool.plan
            }
            for name in old.keys { state.pools[name] = nil }
            state.ending += old.values
            for (name, plan) in plans where state.pools[name] == nil {
                state.pools[name] = FunctionPool(plan, on: loops.next(), logger: logger)
            }
            return Array(old.values)
        }
        for pool in old {
            Task {
                await pool.close(atOnce: false)
                state.withLock { state in state.ending.removeAll { $0 === pool } }
            }
        }
    }

    /// Ends every process; returns when none is left.
    package func shutdown() async {
        let (pools, events) = state.withLock { state in
            state.isShutDown = true
            defer { (state.pools, state.ending, state.events) = ([:], [], [:]) }
            return (state.pools.values + state.ending, Array(state.events.values))
        }
        for event in events { event.cancel() }
        await withTaskGroup(of: Void.self) { group in
            for pool in pools { group.addTask { await pool.close(atOnce: true) } }
        }
    }

    /// Whether there are any functions.
    package var isEmpty: Bool { state.withLock { $0.pools.isEmpty } }

    package func knows(_ functionName: String) -> Bool {
        FunctionReference(functionName).flatMap { pool($0.name) } != nil
    }

    package func invoke(
        _ call: FunctionInvocation
    ) async throws(AWSFault) -> FunctionAnswer {
        let (pool, invocation) = try resolve(call)
        switch call.kind {
        case .requestResponse: return try await pool.invoke(invocation).get()
        case .dryRun: return Self.answer(204, to: invocation)
        case .event:
            try accept(invocation, by: pool)
            return Self.answer(202, to: invocation)
        }
    }

    private func pool(_ name: String) -> FunctionPool? { state.withLock { $0.pools[name] } }

    private func resolve(
        _ call: FunctionInvocation
    ) throws(AWSFault) -> (FunctionPool, Invocation) {
        let reference = FunctionReference(call.functionName)
        let name = reference?.name ?? call.functionName
        let qualifier = call.qualifier ?? reference?.qualifier
        if let qualifier, !Self.isQualifier(qualifier) {
            throw .service(
                ServiceFault(
                    code: "InvalidParameterValueException",
                    message: "1 validation error detected: Value '\(qualifier)' at 'qualifier' "
                        + "failed to satisfy constraint: Member must satisfy regular expression "
                        + "pattern: (|[a-zA-Z0-9$_-]+)",
                    status: 400,
                    requestID: RequestNames.uuid()
                )
            )
        }
        let arn = FunctionReference.arn(
            name,
            qualifier: qualifier,
            region: region,
            account: account
        )
        let invocation = Invocation(call, arn: arn)
        guard let pool = pool(name), pool.plan.serves(qualifier) else {
            let asked = FunctionReference.arn(
                name,
                qualifier: qualifier ?? "$LATEST",
                region: region,
                account: account
            )
            let fault = FunctionFault.notFound(asked, requestID: invocation.id)
            throw .service(ServiceFault(fault))
        }
        return (pool, invocation)
    }

    /// Whether a text can be a version or an alias (API reference, Invoke).
    private static func isQualifier(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                    || "$_-".utf8.contains(byte)
            }
    }

    private static func answer(_ status: Int, to invocation: Invocation) -> FunctionAnswer {
        var answer = FunctionAnswer(status: status, payload: [], requestID: invocation.id)
        answer.addHeaders(at: SystemClock().now(), traceHeader: invocation.traceHeader)
        return answer
    }

    // MARK: Events

    /// Takes an event, which is tried three times and is lost with this process.
    private func accept(_ invocation: Invocation, by pool: FunctionPool) throws(AWSFault) {
        let number = state.withLock { state -> UInt64? in
            guard state.events.count < Self.maximumEvents, !state.isShutDown else { return nil }
            state.lastEvent += 1
            // Replaced by the one that works; it counts from now on.
            state.events[state.lastEvent] = Task {}
            return state.lastEvent
        }
        guard let number else {
            throw .service(
                ServiceFault(
                    code: "TooManyRequestsException",
                    message: "Rate Exceeded.",
                    status: 429,
                    requestID: invocation.id
                )
            )
        }
        let task = Task { [self] in
            await work(on: invocation, by: pool)
            state.withLock { $0.events[number] = nil }
        }
        state.withLock { if $0.events[number] != nil { $0.events[number] = task } }
    }

    private func work(on invocation: Invocation, by pool: FunctionPool) async {
        var rests = Self.eventRests[...]
        while !Task.isCancelled {
            let attempt = Invocation(invocation.call, arn: invocation.arn)
            let result = await pool.invoke(attempt)
            if case .success(let answer) = result, answer.functionError == nil { return }
            logger.warning(
                "an event was not done",
                metadata: [
                    "function": "\(pool.plan.settings.name)", "request": "\(attempt.id)",
                    "attemptsLeft": "\(rests.count)",
                ]
            )
            guard let rest = rests.popFirst() else { return }
            do { try await Task.sleep(for: rest) } catch { return }
        }
    }
}

extension FunctionPlan {
    /// Whether the function may be called by a version or alias.
    func serves(_ qualifier: String?) -> Bool {
        guard let qualifier, qualifier != "$LATEST", !settings.qualifiers.isEmpty else {
            return true
        }
        return settings.qualifiers.contains(qualifier)
    }
}

extension ServiceFault {
    init(_ fault: FunctionFault) {
        self.init(
            code: fault.code,
            message: fault.message,
            status: fault.status,
            requestID: fault.requestID
        )
    }
}
