import Dispatch
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import StepwellEngine

/// A process of a function with a Runtime API of its own: a port of this machine that only it is
/// told, so that no worker takes another's invocations or answers them.
///
/// | phase | event | next |
/// | --- | --- | --- |
/// | starting | asks for an invocation | idle |
/// | starting | reports an error, ends, takes too long | ended; an invocation that waits fails |
/// | idle | is given an invocation | busy |
/// | busy | answers | returning |
/// | busy | ends, takes too long or too much memory | ended; the invocation fails |
/// | returning | asks for an invocation | idle |
///
/// What it knows is bound to its event loop: any use of it elsewhere ends the process.
final class FunctionWorker: Sendable {
    enum Phase {
        case starting
        case idle(RuntimeConnection)
        case busy(Invocation, since: NIODeadline)
        case returning
        case ended
    }

    private struct State {
        var phase = Phase.starting
        var idleSince = NIODeadline.now()
        var invocations = 0
        var isRetired = false
        var log: FunctionLog
        var process: ProcessGroup?
        /// What the process writes, to be read at once; -1 when there is none.
        var logEnd: Int32 = -1
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: RuntimeConnection] = [:]
        var timer: Scheduled<Void>?
        var startMilliseconds: Double?
        var isKilled = false
    }

    let plan: FunctionPlan
    let loop: any EventLoop
    /// The revision of the code that it runs.
    let revision: UInt64
    let started = NIODeadline.now()
    private let pool: FunctionPool
    private let state: NIOLoopBoundBox<State>
    private var own: State {
        get { state.value }
        _modify { yield &state.value }
    }

    /// Whether it has answered, and not asked for more yet.
    var isReturning: Bool {
        if case .returning = own.phase { return true }
        return false
    }
    /// When it had nothing to do any more.
    var idleSince: NIODeadline { own.idleSince }
    var invocations: Int { own.invocations }
    /// Whether it is to end as soon as it is free.
    var isRetired: Bool {
        get { own.isRetired }
        set { own.isRetired = newValue }
    }
    var process: ProcessGroup? { own.process }

    init(_ plan: FunctionPlan, revision: UInt64, pool: FunctionPool, logger: Logger) {
        self.plan = plan
        self.revision = revision
        self.pool = pool
        loop = pool.loop
        state = .makeBoxSendingValue(
            State(log: FunctionLog(logger: logger)),
            eventLoop: pool.loop
        )
    }

    // MARK: The start

    /// Opens the Runtime API and starts the process.
    func start() {
        own.timer = loop.scheduleTask(in: TimeAmount(plan.settings.startTimeout)) { [self] in
            fail(.timedOut(plan.settings.startTimeout))
        }
        ServerBootstrap(group: loop)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try pipeline.addHandler(RuntimeConnection(worker: self))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .whenComplete { [self] result in
                switch result {
                case .success(let channel): launch(behind: channel)
                case .failure(let error): failed("no port is available: \(error)")
                }
            }
    }

    private func launch(behind channel: any Channel) {
        own.listener = channel
        guard !own.isKilled, let port = channel.localAddress?.port else { return end(.exited(0)) }
        let launch = plan.launch(port: port)
        // Starting a process takes a moment, which the loop has no time for.
        DispatchQueue.global().async { [self] in
            let result = Result { () throws(LaunchFault) in try ProcessGroup(launch) }
            loop.execute { self.launched(result) }
        }
    }

    private func launched(_ result: Result<ProcessGroup, LaunchFault>) {
        switch result {
        case .failure(let fault): failed(fault.description)
        case .success(let process):
            own.process = process
            if own.isKilled { process.terminate() }
            own.logEnd = fcntl(process.output, F_DUPFD_CLOEXEC, 0)
            _ = PipeReader.start(process.output, on: loop) { [self] bytes in
                if let bytes { own.log.append(bytes.readableBytesView) }
            }
            Task {
                let end = await process.end()
                loop.execute { self.end(end) }
            }
        }
    }

    private func failed(_ reason: String) {
        fail(.notStarted(reason))
        end(.exited(127))
    }

    // MARK: Invocations

    /// Gives an invocation to a worker that is idle; false when it is not.
    func deliver(_ invocation: Invocation) -> Bool {
        guard case .idle(let connection) = own.phase else { return false }
        own.phase = .busy(invocation, since: .now())
        own.invocations += 1
        own.log.begin(invocation.id, keepsTail: invocation.call.wantsLogTail)
        let timeout = plan.settings.timeout
        own.timer = loop.scheduleTask(in: TimeAmount(timeout)) { [self] in
            fail(.timedOut(timeout))
        }
        connection.deliver(invocation, timeout: timeout)
        return true
    }

    /// The runtime asks for an invocation.
    func next(on connection: RuntimeConnection) {
        switch own.phase {
        case .starting:
            own.startMilliseconds = Self.milliseconds(since: started)
            pool.hasStarted(self)
        case .returning: break
        case .idle(let other):
            own.phase = .idle(connection)
            if other !== connection { other.close() }
            return
        case .busy, .ended:
            return connection.refuse(.forbidden, "InvalidStateTransition")
        }
        own.timer?.cancel()
        own.idleSince = .now()
        own.phase = .idle(connection)
        pool.isReady(self)
    }

    /// The runtime has an answer, or an error, to an invocation; false when it is none of its own.
    ///
    /// `next` is called when that is passed on.
    func answer(
        _ id: Substring,
        _ outcome: InvocationOutcome,
        _ next: @escaping () -> Void
    ) -> Bool {
        guard case .busy(let invocation, let since) = own.phase, invocation.id == id else {
            return false
        }
        own.phase = .returning
        finish(invocation, since: since, outcome, next)
        return true
    }

    /// The runtime cannot initialise the function; false when it has begun before.
    ///
    /// `next` is called before the process ends.
    func failInitialization(_ error: [UInt8], _ next: () -> Void) -> Bool {
        guard case .starting = own.phase else { return false }
        next()
        fail(.initialization(error))
        return true
    }

    /// Ends the process for a reason that its invocation, or one that waits, fails with.
    func fail(_ failure: WorkerFailure) {
        let before = own.phase
        own.phase = .ended
        kill()
        switch before {
        case .starting: pool.didNotStart(self, failure)
        case .busy(let invocation, let since): finish(invocation, since: since, .failed(failure))
        case .idle, .returning, .ended: break
        }
    }

    /// Tells who waits for an invocation that there will be no answer, whatever becomes of it.
    func abandon() {
        if case .busy(let invocation, _) = own.phase { invocation.answer(.failure(.cancelled)) }
    }

    /// Ends the process when nobody waits for it.
    func kill(grace: Duration = .zero) {
        own.isKilled = true
        own.timer?.cancel()
        own.process?.terminate(grace: grace)
        for connection in own.connections.values { connection.close() }
    }

    // MARK: The end

    /// The process is gone.
    private func end(_ end: ProcessEnd) {
        whenRead { [self] in
            fail(.exited(end))
            if own.logEnd >= 0 { close(own.logEnd) }
            own.logEnd = -1
            _ = own.log.end()
            own.listener?.close(promise: nil)
            own.listener = nil
            pool.isGone(self)
        }
    }

    private func finish(
        _ invocation: Invocation,
        since: NIODeadline,
        _ outcome: InvocationOutcome,
        _ next: @escaping () -> Void = {}
    ) {
        let milliseconds = Self.milliseconds(since: since)
        whenRead { [self] in
            report(invocation, milliseconds, outcome)
            own.startMilliseconds = nil
            let tail = own.log.end()
            invocation.answer(.success(outcome.answer(to: invocation, tail: tail)))
            pool.isFinished(self)
            next()
        }
    }

    /// The lines that end the log of an invocation.
    private func report(
        _ invocation: Invocation,
        _ milliseconds: Double,
        _ outcome: InvocationOutcome
    ) {
        guard invocation.call.wantsLogTail else { return }
        var line = "REPORT RequestId: \(invocation.id)\tDuration: \(Self.shown(milliseconds)) ms\t"
        line += "Billed Duration: \(Int(milliseconds.rounded(.up))) ms\t"
        let memory = plan.settings.memoryMegabytes ?? FunctionPlan.unlimitedMegabytes
        line += "Memory Size: \(memory) MB\t"
        let peak = own.process.map { MemoryUse.peakMegabytes(of: $0.id) } ?? 0
        line += "Max Memory Used: \(peak) MB\t"
        if let start = own.startMilliseconds { line += "Init Duration: \(Self.shown(start)) ms\t" }
        if case .failed(let failure) = outcome {
            own.log.note(failure.message(requestID: invocation.id))
            line += "Status: error\tError Type: \(failure.reported)\t"
        }
        own.log.note("END RequestId: \(invocation.id)")
        own.log.note(line)
    }

    /// Goes on when what the process has written up to now was read: it is part of its answer.
    ///
    /// One that never stops writing is not waited for.
    private func whenRead(_ tries: Int = 50, _ action: @escaping () -> Void) {
        var wanted = pollfd(fd: own.logEnd, events: Int16(POLLIN), revents: 0)
        guard tries > 0, own.logEnd >= 0, poll(&wanted, 1, 0) == 1,
            wanted.revents & Int16(POLLIN) != 0
        else { return action() }
        loop.assumeIsolated().scheduleTask(in: .microseconds(200)) { [self] in
            whenRead(tries - 1, action)
        }
    }

    // MARK: Connections

    func opened(_ connection: RuntimeConnection) {
        if own.connections.count >= 16 || own.isKilled { return connection.close() }
        own.connections[ObjectIdentifier(connection)] = connection
    }

    func closed(_ connection: RuntimeConnection) {
        own.connections[ObjectIdentifier(connection)] = nil
        if case .idle(let waiting) = own.phase, waiting === connection {
            own.phase = .returning
            let patience = plan.settings.startTimeout
            own.timer = loop.scheduleTask(in: TimeAmount(patience)) { [self] in
                fail(.timedOut(patience))
            }
            pool.isAway(self)
        }
    }

    private static func milliseconds(since time: NIODeadline) -> Double {
        Double((NIODeadline.now() - time).nanoseconds) / 1_000_000
    }

    /// Two places.
    private static func shown(_ milliseconds: Double) -> String {
        let hundredths = Int((milliseconds * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
