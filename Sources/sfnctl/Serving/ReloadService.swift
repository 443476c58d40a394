import ServiceLifecycle

/// Has the configuration read again at each SIGHUP.
struct ReloadService: Service {
    let hangups: AsyncStream<Void>
    let reload: Reload

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in hangups { await reload.run() }
        }
    }
}
