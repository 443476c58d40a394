package import StepwellHistory

extension CatalogChange {
    /// What tagging a state machine or activity changes; nil when it has the tags already.
    ///
    /// Throws `ResourceNotFound`, and `TooManyTags` beyond `limit`.
    package static func tagging(
        _ arn: String,
        with tags: [ResourceTag],
        limit: Int,
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        guard let before = catalog.tags(of: arn) else { throw .resourceNotFound(arn) }
        var after = before
        after.put(tags)
        guard after.count <= limit else { throw .tooManyTags(arn) }
        guard after != before else { return nil }
        return CatalogChange(record: .resourceTagged(arn: arn, tags: tags, date: now))
    }

    /// What taking tags from a state machine or activity changes; nil when it has none of them.
    ///
    /// Throws `ResourceNotFound`.
    package static func untagging(
        _ arn: String,
        keys: [String],
        in catalog: Catalog,
        at now: Timestamp
    ) throws(ServiceError) -> CatalogChange? {
        guard let before = catalog.tags(of: arn) else { throw .resourceNotFound(arn) }
        var after = before
        after.remove(keys)
        guard after != before else { return nil }
        return CatalogChange(record: .resourceUntagged(arn: arn, keys: keys, date: now))
    }
}
