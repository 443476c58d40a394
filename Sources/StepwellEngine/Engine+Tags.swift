extension Engine {
    /// Adds tags to a state machine or activity, or replaces their values.
    package func tagResource(arn: String, tags: [ResourceTag]) async throws {
        try checkTagged(arn)
        try Self.checkKeys(tags)
        let limit = configuration.limits.tagsPerResource
        _ = try await changeCatalog { (catalog, now) throws(ServiceError) in
            try CatalogChange.tagging(arn, with: tags, limit: limit, in: catalog, at: now)
        }
    }

    /// Takes tags from a state machine or activity; keys that it does not have are no error.
    package func untagResource(arn: String, keys: [String]) async throws {
        try checkTagged(arn)
        _ = try await changeCatalog { (catalog, now) throws(ServiceError) in
            try CatalogChange.untagging(arn, keys: keys, in: catalog, at: now)
        }
    }

    /// The tags of a state machine or activity, in the order that they were added in.
    package func listTagsForResource(arn: String) async throws -> [ResourceTag] {
        try checkTagged(arn)
        return try await readCatalog { catalog throws(ServiceError) in
            guard let tags = catalog.tags(of: arn) else { throw .resourceNotFound(arn) }
            return tags
        }
    }

    /// The tags that a new resource gets: of a key given twice, the last value counts.
    ///
    /// Throws `TooManyTags`, and `ValidationException` for keys that are AWS's own.
    func initialTags(_ tags: [ResourceTag], of arn: String) throws(ServiceError) -> [ResourceTag] {
        try Self.checkKeys(tags)
        var list: [ResourceTag] = []
        list.put(tags)
        guard list.count <= configuration.limits.tagsPerResource else { throw .tooManyTags(arn) }
        return list
    }

    /// Keys that begin with `aws:`, in whatever case, are for AWS's use (AWS General Reference,
    /// "Tagging your AWS resources").
    private static func checkKeys(_ tags: [ResourceTag]) throws(ServiceError) {
        for tag in tags where tag.key.lowercased().utf8.starts(with: "aws:".utf8) {
            throw .validation(
                "The tag key '\(tag.key)' begins with 'aws:', which is reserved for AWS."
            )
        }
    }

    /// Only state machines and activities have tags; versions and aliases are never found.
    private func checkTagged(_ arn: String) throws(ServiceError) {
        let kind = try ResourceARN(arn).kind
        guard kind == .stateMachine || kind == .activity else {
            throw .invalidARN("Resource type not valid in this context: \(kind.rawValue)")
        }
    }
}
