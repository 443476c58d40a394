import Logging

/// Raises an alarm about a reader of the store that stays behind and so keeps the file growing.
struct ReaderMonitor {
    private let alarmLag: Int
    private let logger: Logger
    private let observer: EngineObserver
    private var isAlarmed = false

    init(limits: EngineLimits, logger: Logger, observer: EngineObserver) {
        alarmLag = limits.readerLagAlarm
        self.logger = logger
        self.observer = observer
    }

    /// Takes in what the store says of its readers.
    mutating func notice(_ report: ReaderReport) {
        observer.readersChecked(report)
        if report.cleared > 0 {
            logger.notice("removed readers that died", metadata: ["readers": "\(report.cleared)"])
        }
        let isBehind = report.lag >= alarmLag
        guard isBehind != isAlarmed else { return }
        isAlarmed = isBehind
        let metadata: Logger.Metadata = [
            "commits": "\(report.lag)",
            "process": "\(report.process.map(String.init) ?? "none")",
        ]
        if isBehind {
            logger.warning("a reader keeps old pages from being reused", metadata: metadata)
        } else {
            logger.notice("no reader is far behind any more", metadata: metadata)
        }
    }
}
