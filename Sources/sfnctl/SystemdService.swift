import ServiceLifecycle
import StepwellEngine

/// Says STOPPING when the service is told to end, and while it runs that it is well, as often as
/// systemd's watchdog wants.
struct SystemdService: Service {
    let notifier: SystemdNotifier
    let engine: Engine

    func run() async throws {
        await cancelWhenGracefulShutdown {
            try? await beat()
        }
        notifier.send(.stopping)
    }

    private func beat() async throws {
        guard let interval = notifier.watchdogInterval else {
            while true { try await Task.sleep(for: .seconds(86_400)) }
        }
        while true {
            // An engine that gets nowhere is one that systemd should start again.
            if (try? await engine.checkProgress()) != nil { notifier.send(.watchdog) }
            try await Task.sleep(for: interval)
        }
    }
}
