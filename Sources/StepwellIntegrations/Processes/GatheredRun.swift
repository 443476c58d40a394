import NIOCore
import NIOPosix
import Synchronization

/// A run of a program to its end, and what it wrote.
package struct GatheredRun: Sendable {
    package let end: ProcessEnd
    package let output: [UInt8]
    package let errors: [UInt8]
    /// Whether it was ended because it wrote more than was to be kept of a stream.
    package let isCut: Bool
    /// Whether it was ended because it took too long.
    package let isLate: Bool

    /// Runs a program whose streams are apart, to its end.
    ///
    /// Cancelling the task ends the program: with SIGTERM, and with SIGKILL when `grace` is over.
    /// So do a stream beyond `limit` bytes, and the end of `timeout`.
    ///
    /// - Throws: `LaunchFault` when it cannot be started.
    package static func of(
        _ launch: ProcessLaunch,
        limit: Int,
        grace: Duration,
        timeout: Duration? = nil
    ) async throws(LaunchFault) -> GatheredRun {
        var launch = launch
        launch.output = .apart
        let group = try ProcessGroup(launch)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let isCut = Atomic(false)
        let isLate = Atomic(false)
        let streams = [group.output, group.errors].map { descriptor in
            let stream = GatheredStream(on: loop, limit: limit)
            stream.start(descriptor) {
                isCut.store(true, ordering: .releasing)
                group.terminate(grace: grace)
            }
            return stream
        }
        let timer = timeout.map { timeout in
            loop.scheduleTask(in: TimeAmount(timeout)) {
                // Who waits for it may only not have been told yet.
                guard !group.hasEnded else { return }
                isLate.store(true, ordering: .releasing)
                group.terminate(grace: grace)
            }
        }
        let end = await withTaskCancellationHandler {
            await group.end()
        } onCancel: {
            group.terminate(grace: grace)
        }
        timer?.cancel()
        return GatheredRun(
            end: end,
            output: await streams[0].bytes(),
            errors: await streams[1].bytes(),
            isCut: isCut.load(ordering: .acquiring),
            isLate: isLate.load(ordering: .acquiring)
        )
    }
}

/// What comes out of a pipe, up to a limit.
private final class GatheredStream: Sendable {
    /// How long what was written may take to be read, once the program has ended: something that it
    /// left behind may hold the pipe open.
    private static let readingTime = TimeAmount.seconds(1)

    private let kept = Mutex(ByteBuffer())
    private let loop: any EventLoop
    private let limit: Int
    private let isOver: EventLoopPromise<Void>

    /// Keeps up to `limit` bytes.
    init(on loop: any EventLoop, limit: Int) {
        self.loop = loop
        self.limit = limit
        isOver = loop.makePromise()
    }

    /// Takes a pipe over and reads it; `overflow` is told when there is more than is kept.
    func start(_ descriptor: Int32, _ overflow: @escaping @Sendable () -> Void) {
        let channel = PipeReader.start(descriptor, on: loop) { [self] bytes in
            guard let bytes else { return isOver.succeed() }
            if !keep(bytes) { overflow() }
        }
        channel.whenFailure { [isOver] _ in isOver.succeed() }
        channel.whenSuccess { [isOver] channel in
            isOver.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
    }

    private func keep(_ bytes: ByteBuffer) -> Bool {
        kept.withLock { kept in
            guard kept.readableBytes + bytes.readableBytes <= limit else { return false }
            kept.writeImmutableBuffer(bytes)
            return true
        }
    }

    /// What has come when the program has ended.
    func bytes() async -> [UInt8] {
        let timer = loop.scheduleTask(in: Self.readingTime) { [isOver] in isOver.succeed() }
        try? await isOver.futureResult.get()
        timer.cancel()
        return kept.withLock { Array($0.readableBytesView) }
    }
}
