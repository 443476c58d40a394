package import StepwellEngine
import StepwellHistory

/// The operations on dead letters.
package struct DeadLetterService: Sendable {
    let ledger: TriggerLedger
    let letters: DeadLetterBox
    let clock: any EngineClock

    /// A page of dead letters, oldest first, and behind what the next one begins.
    package struct Page: Sendable {
        package let letters: [DeadLetter]
        package let next: String?
    }

    /// The dead letters behind a place, at most `limit`.
    ///
    /// - Throws: `ValidationException` when `after` is no place.
    package func page(after: String?, limit: Int) async throws(ServiceError) -> Page {
        var from: [UInt8] = []
        if let after { from = try Self.key(of: after) + [0] }
        return try await ledger.commit { [from] batch throws(ServiceError) in
            let rows = try batch.durableRows(of: .deadLetter, from: from, limit: limit + 1)
            let shown = rows.prefix(limit)
            let last = rows.count > shown.count ? shown.last : nil
            return Page(
                letters: shown.compactMap { DeadLetter($0) },
                next: last.map { Self.id(of: $0.key) }
            )
        }
    }

    /// A dead letter.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func letter(_ id: String) async throws(ServiceError) -> DeadLetter {
        let key = try Self.key(of: id)
        return try await ledger.commit { batch throws(ServiceError) in
            guard let value = try batch.value(of: .deadLetter, key: key),
                let letter = DeadLetter(TriggerRow(.deadLetter, key: key, value: value))
            else { throw .noDeadLetter(id) }
            return letter
        }
    }

    /// Has a dead letter delivered anew: its attempts and age begin again.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func redrive(_ id: String) async throws(ServiceError) {
        let key = try Self.key(of: id)
        let now = clock.now()
        try await ledger.commit { [letters] batch throws(ServiceError) in
            guard let letter = try letters.remove(key: key, &batch) else { throw .noDeadLetter(id) }
            var delivery = letter.delivery
            delivery.attempts = 0
            delivery.time = now
            delivery.due = now
            batch.deliver(delivery)
        }
    }

    /// Deletes a dead letter.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func delete(_ id: String) async throws(ServiceError) {
        let key = try Self.key(of: id)
        try await ledger.commit { [letters] batch throws(ServiceError) in
            guard try letters.remove(key: key, &batch) != nil else { throw .noDeadLetter(id) }
        }
    }

    /// What a dead letter is called: the time at which it became one, in hexadecimal milliseconds,
    /// and the delivery's id.
    package static func id(of key: [UInt8]) -> String {
        let time = TriggerKey.time(of: key)?.milliseconds ?? 0
        return String(time, radix: 16) + "-" + String(decoding: key.dropFirst(8), as: UTF8.self)
    }

    private static func key(of id: String) throws(ServiceError) -> [UInt8] {
        let parts = id.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2, let time = Int64(parts[0], radix: 16), time >= 0 else {
            throw .noDeadLetter(id)
        }
        return TriggerKey.moment(.init(milliseconds: time), parts[1])
    }
}

extension ServiceError {
    fileprivate static func noDeadLetter(_ id: String) -> ServiceError {
        ServiceError(
            code: "ResourceNotFoundException",
            message: "There is no dead letter '\(id)'."
        )
    }
}
