import Synchronization

/// The settings as they are now, for those that follow a file which is read again.
///
/// Whoever uses them asks each time, once for one piece of work.
package final class LiveSettings: Sendable {
    private let settings: Mutex<IntegrationSettings>

    package init(_ settings: IntegrationSettings = IntegrationSettings()) {
        self.settings = Mutex(settings)
    }

    /// The settings now.
    package var current: IntegrationSettings { settings.withLock { $0 } }

    /// Puts others in their place.
    package func replace(with settings: IntegrationSettings) {
        self.settings.withLock { $0 = settings }
    }
}
