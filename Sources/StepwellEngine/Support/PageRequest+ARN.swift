/// Listings of what has an ARN: a place is the whole ARN of what was listed last.
///
/// Whether that is there still makes no difference, and a name that is equal under two regions or
/// accounts is two places.
extension PageRequest {
    /// Before it, places were names.
    private static let formOfARNs: UInt8 = 2

    /// The parameters of a listing by ARN.
    init(byARN maxResults: Int, token: String?) throws(ServiceError) {
        try self.init(
            maxResults: maxResults,
            token: token,
            longestToken: 1_024,
            form: Self.formOfARNs
        )
    }

    /// The ARN behind which the page begins; nil for the first page.
    ///
    /// Throws `InvalidToken` when the token holds another thing.
    func placeARN(_ prefix: String = "arn:") throws(ServiceError) -> String? {
        guard let place else { return nil }
        guard place.starts(with: prefix.utf8), let arn = String(validating: place, as: UTF8.self)
        else { throw .invalidToken }
        return arn
    }

    /// The page that begins with the elements found, of which there is one more than fit when it is
    /// not the last.
    func page<Element, Item: Sendable>(
        of found: [Element],
        arn: (Element) -> String,
        _ item: (Element) -> Item
    ) -> Page<Item> {
        let shown = found.prefix(limit)
        let last = shown.count < found.count ? shown.last : nil
        return Page(
            items: shown.map(item),
            nextToken: last.map { Self.token(Array(arn($0).utf8), form: Self.formOfARNs) }
        )
    }
}
