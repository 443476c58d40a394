import Logging

/// Has the store's readers looked at from time to time, on the commit thread, and raises an alarm
/// about one that stays behind and so keeps the file growing.
struct ReaderMonitor {
    private let interval: Duration
    private let alarmLag: Int
    private let logger: Logger
    private let observer: EngineObserver
    private var due = ContinuousClock.now
    private var isAlarmed = false

    init(limits: EngineLimits, logger: Logger, observer: EngineObserver) {
        interval = .milliseconds(limits.readerCheckMilliseconds)
        alarmLag = limits.readerLagAlarm
        self.logger = logger
        self.observer = observer
    }

    /// Looks at the readers when it is time to.
    mutating func check(_ store: any EventStore) {
        guard ContinuousClock.now >= due else { return }
        due = .now + interval
        do throws(StoreError) {
            notice(try store.checkReaders())
        } catch {
            logger.error("reader check failed", metadata: ["error": "\(error)"])
        }
    }

    private mutating func notice(_ report: ReaderReport) {
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
