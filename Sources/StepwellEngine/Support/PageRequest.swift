import StepwellHistory

/// The paging parameters of a listing, checked.
///
/// Tokens are opaque to callers: they hold the place behind which the next page begins, and which
/// listing they are of.
struct PageRequest: Sendable {
    let limit: Int
    /// What the token holds; nil for the first page.
    let place: [UInt8]?

    /// Throws the errors AWS throws for parameters out of range and for tokens that are none.
    ///
    /// A token of another form than `form` is none: what a place is has changed since.
    init(
        maxResults: Int,
        token: String?,
        longestToken: Int,
        form: UInt8 = Self.form
    ) throws(ServiceError) {
        guard maxResults <= 1_000 else {
            throw .constraint(
                "\(maxResults)",
                at: "maxResults",
                "have value less than or equal to 1000"
            )
        }
        guard maxResults >= 0 else {
            throw .constraint(
                "\(maxResults)",
                at: "maxResults",
                "have value greater than or equal to 0"
            )
        }
        limit = maxResults == 0 ? 100 : maxResults
        guard let token else {
            place = nil
            return
        }
        guard token.utf8.count <= longestToken else {
            throw .constraint(
                token,
                at: "nextToken",
                "have length less than or equal to \(longestToken)"
            )
        }
        guard let bytes = Base64URL.decode(token), bytes.first == form else {
            throw .invalidToken
        }
        place = Array(bytes.dropFirst())
    }

    private static let form: UInt8 = 1

    /// The token for a place.
    static func token(_ place: [UInt8], form: UInt8 = Self.form) -> String {
        Base64URL.encode([form] + place)
    }
}
