package import StepwellEngine
import StepwellHistory

/// Changes the HTTP routes and their callers' keys.
package struct RouteKeeper: Sendable {
    package let book: RouteBook
    private let ledger: TriggerLedger
    private let clock: any EngineClock
    private let entropy: any Entropy

    /// A keeper of the book that is among the ledger's components.
    package init(
        _ book: RouteBook,
        ledger: TriggerLedger,
        clock: any EngineClock,
        entropy: any Entropy
    ) {
        self.book = book
        self.ledger = ledger
        self.clock = clock
        self.entropy = entropy
    }

    /// As many routes, and as many keys, as there may be.
    private static let most = 10_000

    /// Creates a route, or says all of it anew.
    ///
    /// - Throws: `ValidationException`, `ConflictException`, `ServiceQuotaExceededException`.
    package func put(
        _ name: String,
        _ definition: RouteDefinition
    ) async throws(ServiceError) -> Route {
        try Self.check(name)
        let (now, book) = (clock.now(), book)
        return try await ledger.commit { batch throws(ServiceError) in
            let route = try book.decide { routes, keys throws(ServiceError) in
                guard routes[name]?.isFromFile != true else {
                    throw .ownedByFile("The route \(name)")
                }
                return try Self.put(name, definition, at: now, &routes, keys)
            }
            batch.put(route.row)
            return route
        }
    }

    /// Deletes a route.
    ///
    /// - Throws: `ResourceNotFoundException`, `ConflictException`.
    package func delete(_ name: String) async throws(ServiceError) {
        let book = book
        try await ledger.commit { batch throws(ServiceError) in
            try book.decide { routes, _ throws(ServiceError) in
                guard let route = routes[name] else { throw .absent("The route \(name)") }
                guard !route.isFromFile else { throw .ownedByFile("The route \(name)") }
                routes[name] = nil
            }
            batch.delete(.route, key: TriggerKey.names(name))
        }
    }

    /// Creates a key; the key itself, which is told this once.
    ///
    /// - Throws: `ValidationException`; `ConflictException` when there is one of the name.
    package func createKey(
        _ name: String,
        rate: RouteRate?
    ) async throws(ServiceError) -> String {
        try Self.check(name)
        let text = RouteKey.drawn(from: entropy)
        let key = RouteKey(name: name, key: text, created: clock.now(), rate: rate)
        let book = book
        try await ledger.commit { batch throws(ServiceError) in
            try book.decide { _, keys throws(ServiceError) in
                guard keys[name] == nil else {
                    throw ServiceError(
                        code: "ConflictException",
                        message: "The key \(name) already exists."
                    )
                }
                guard keys.count < Self.most else { throw .tooMany("keys", Self.most) }
                keys[name] = key
            }
            batch.put(key.row)
        }
        return text
    }

    /// Deletes a key.
    ///
    /// - Throws: `ResourceNotFoundException`; `ConflictException` when a route names it, or when
    ///   the configuration file defines it.
    package func deleteKey(_ name: String) async throws(ServiceError) {
        let book = book
        try await ledger.commit { batch throws(ServiceError) in
            try book.decide { routes, keys throws(ServiceError) in
                guard let key = keys[name] else { throw .absent("The key \(name)") }
                guard !key.isFromFile else { throw .ownedByFile("The key \(name)") }
                if let user = routes.values.first(where: { $0.definition.apiKeys.contains(name) }) {
                    throw ServiceError(
                        code: "ConflictException",
                        message: "The key \(name) is one of the route \(user.name)'s."
                    )
                }
                keys[name] = nil
            }
            batch.delete(.apiKey, key: TriggerKey.names(name))
        }
    }

    /// Takes over the routes and keys that a configuration file defines, all of them or none;
    /// those that it defined before and no longer does go.
    ///
    /// - Throws: `ValidationException` for the first that is not valid.
    package func apply(
        routes defined: [String: RouteDefinition],
        keys given: [String: (key: String, rate: RouteRate?)]
    ) async throws(ServiceError) {
        for name in Array(defined.keys) + Array(given.keys) { try Self.check(name) }
        let (now, book) = (clock.now(), book)
        let made = given.map { name, value in
            var key = RouteKey(name: name, key: value.key, created: now, rate: value.rate)
            key.isFromFile = true
            return key
        }
        try await ledger.commit { batch throws(ServiceError) in
            let changes = try book.decide { routes, keys throws(ServiceError) in
                let former = routes
                for key in keys.values where key.isFromFile { keys[key.name] = nil }
                for key in made { keys[key.name] = key }
                for route in routes.values where route.isFromFile { routes[route.name] = nil }
                for (name, definition) in defined.sorted(by: { $0.key < $1.key }) {
                    routes[name] = former[name]
                    var route = try Self.put(name, definition, at: now, &routes, keys)
                    route.isFromFile = true
                    routes[name] = route
                }
                return (routes.changes, keys.changes)
            }
            Self.write(changes.0, .route, &batch) { $0.row }
            Self.write(changes.1, .apiKey, &batch) { $0.row }
        }
    }

    /// Writes what differs.
    private static func write<Value>(
        _ changes: [String: Value?],
        _ kind: TriggerKind,
        _ batch: inout TriggerBatch,
        row: (Value) -> TriggerRow
    ) {
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            if let value {
                batch.put(row(value))
            } else {
                batch.delete(kind, key: TriggerKey.names(name))
            }
        }
    }

    private static func put(
        _ name: String,
        _ definition: RouteDefinition,
        at now: Timestamp,
        _ routes: inout RouteDraft<Route>,
        _ keys: RouteDraft<RouteKey>
    ) throws(ServiceError) -> Route {
        for key in definition.apiKeys where keys[key] == nil {
            throw .notValid("The route \(name) names a key '\(key)' that does not exist.")
        }
        guard var route = routes[name] else {
            guard routes.count < most else { throw .tooMany("routes", most) }
            let route = Route(name, definition, created: now)
            routes[name] = route
            return route
        }
        guard route.definition != definition else { return route }
        route.definition = definition
        route.modified = now
        routes[name] = route
        return route
    }

    private static func check(_ name: String) throws(ServiceError) {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isName, (1...64).contains(name.utf8.count) else {
            throw .notValid("'\(name)' is not a name: 1 to 64 letters, digits, '-', '_' and '.'.")
        }
    }
}

extension ServiceError {
    fileprivate static func absent(_ what: String) -> ServiceError {
        ServiceError(code: "ResourceNotFoundException", message: "\(what) does not exist.")
    }

    fileprivate static func tooMany(_ what: String, _ most: Int) -> ServiceError {
        ServiceError(
            code: "ServiceQuotaExceededException",
            message: "There are already \(most) \(what), the maximum."
        )
    }
}
