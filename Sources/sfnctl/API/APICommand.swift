import ArgumentParser

/// A command that asks the API.
protocol APICommand: AsyncParsableCommand {
    /// Whom it asks.
    var place: APIOptions { get }

    /// What a data directory is opened for.
    func purpose() throws -> DirectoryAPI.Purpose

    /// Asks, and prints what came of it.
    func perform(on api: any ServiceAPI) async throws
}

extension APICommand {
    /// Opens the place, asks, and closes it; failures are said on standard error.
    func run() async throws {
        try await reporting {
            try await place.use(for: purpose()) { try await perform(on: $0) }
        }
    }
}
