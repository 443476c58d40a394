import Logging
import Synchronization

/// Puts what a job writes into the server's log, up to a number of lines.
final class JobLines: Sendable {
    /// Lines of one job that are logged.
    private static let maximum = 1_000

    private let logger: Logger
    private let metadata: Logger.Metadata
    private let count = Atomic(0)

    init(_ request: LocalJobRequest, _ logger: Logger) {
        self.logger = logger
        metadata = [
            "\(request.runner.service.rawValue)": "\(request.definition)", "id": "\(request.id)",
        ]
    }

    /// Takes a line.
    func take(_ line: String) {
        guard count.add(1, ordering: .relaxed).newValue <= Self.maximum else { return }
        logger.notice("\(line)", metadata: metadata)
    }

    /// Says how many lines were left out.
    func finish() {
        let left = count.load(ordering: .relaxed) - Self.maximum
        if left > 0 { logger.notice("\(left) lines more are not logged", metadata: metadata) }
    }
}
