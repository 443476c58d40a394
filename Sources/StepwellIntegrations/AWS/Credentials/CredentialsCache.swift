import StepwellEngine
import StepwellHistory

/// Keeps credentials until they are to be fetched anew; those who ask at the same time wait for
/// one fetch.
actor CredentialsCache {
    /// What credentials are for.
    struct Key: Hashable, Sendable {
        var settings: AWSSettings
        var role: String?
        var externalID: String?
        var region: String
    }

    private struct Entry {
        /// Whether there ever were credentials.
        var isKnown = false
        var credentials: AWSCredentials?
        var fetched: Timestamp?
        var fault: (text: AWSFault, time: Timestamp)?
        var fetch: Task<AWSCredentials, any Error>?
    }

    private let clock: any EngineClock
    private var entries: [Key: Entry] = [:]

    /// How long before their end temporary credentials are fetched anew, in milliseconds.
    private static let margin: Int64 = 5 * 60_000
    /// How long credentials without an end are kept, in milliseconds: files change.
    private static let lifetime: Int64 = 60_000
    /// How long a failure is told again before another try, in milliseconds.
    private static let pause: Int64 = 3_000
    private static let kept = 256

    init(clock: any EngineClock) {
        self.clock = clock
    }

    /// The credentials of a key; fetched when there are none, or none that are good for long.
    func credentials(
        _ key: Key,
        fetch: @escaping @Sendable () async throws -> AWSCredentials
    ) async throws(AWSFault) -> AWSCredentials {
        let now = clock.now()
        if let entry = entries[key] {
            if let credentials = entry.credentials, isGood(credentials, entry.fetched, now) {
                return credentials
            }
            if let fault = entry.fault, now < fault.time.advanced(byMilliseconds: Self.pause) {
                return try standIn(entry, now, fault.text)
            }
        }
        if entries[key] == nil, entries.count >= Self.kept { entries.removeAll() }
        var entry = entries[key] ?? Entry()
        let running = entry.fetch ?? Task { try await fetch() }
        entry.fetch = running
        entries[key] = entry
        let result = await running.result
        return try take(result, for: key)
    }

    /// Whether there were credentials of a key at any time, as far as it is kept.
    func has(_ key: Key) -> Bool { entries[key]?.isKnown ?? false }

    /// Forgets what a service does not take any more.
    func forget(_ key: Key) {
        entries[key]?.credentials = nil
        entries[key]?.fault = nil
    }

    private func take(
        _ result: Result<AWSCredentials, any Error>,
        for key: Key
    ) throws(AWSFault) -> AWSCredentials {
        let now = clock.now()
        entries[key, default: Entry()].fetch = nil
        switch result {
        case .success(let credentials):
            entries[key, default: Entry()].isKnown = true
            entries[key, default: Entry()].credentials = credentials
            entries[key, default: Entry()].fetched = now
            entries[key, default: Entry()].fault = nil
            return credentials
        case .failure(let error):
            let fault = error as? AWSFault ?? .credentials("\(error)")
            entries[key, default: Entry()].fault = (fault, now)
            return try standIn(entries[key] ?? Entry(), now, fault)
        }
    }

    /// Old credentials while they are good for anything, when there are no new ones.
    private func standIn(
        _ entry: Entry,
        _ now: Timestamp,
        _ fault: AWSFault
    ) throws(AWSFault) -> AWSCredentials {
        guard let credentials = entry.credentials, let end = credentials.expiration, now < end
        else { throw fault }
        return credentials
    }

    private func isGood(
        _ credentials: AWSCredentials,
        _ fetched: Timestamp?,
        _ now: Timestamp
    ) -> Bool {
        if let end = credentials.expiration {
            return now < end.advanced(byMilliseconds: -Self.margin)
        }
        return fetched.map { now < $0.advanced(byMilliseconds: Self.lifetime) } ?? false
    }
}
