import ServiceLifecycle

/// Ends when a signal comes, and with it the group of services that it is in.
struct StopService: Service {
    private let signals: AsyncStream<Int32>
    private let noted: @Sendable () -> Void

    /// A service that ends with the first of the signals, and calls `noted` then.
    init(signals: AsyncStream<Int32>, noted: @escaping @Sendable () -> Void = {}) {
        self.signals = signals
        self.noted = noted
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in signals {
                noted()
                return
            }
        }
    }
}

extension ServiceGroupConfiguration.ServiceConfiguration {
    /// A service whose end is that of its group.
    static func ending(_ service: any Service) -> Self {
        .init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)
    }
}
