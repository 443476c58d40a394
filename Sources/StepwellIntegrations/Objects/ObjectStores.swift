/// All buckets: those that are folders, and for the others S3, when it is there.
package final class ObjectStores: ObjectStore {
    private let settings: LiveSettings
    private let fallback: (any ObjectStore)?

    /// Buckets by the settings as they are at each call; `fallback` has those that are no folders.
    package init(settings: LiveSettings, fallback: (any ObjectStore)? = nil) {
        self.settings = settings
        self.fallback = fallback
    }

    package func open(
        _ object: ObjectName,
        from offset: Int,
        tag: String?
    ) async throws(ObjectFault) -> any ObjectBody {
        try await store(of: object.bucket).open(object, from: offset, tag: tag)
    }

    package func read(
        _ object: ObjectName,
        _ range: Range<Int>,
        tag: String?
    ) async throws(ObjectFault) -> ObjectPart {
        try await store(of: object.bucket).read(object, range, tag: tag)
    }

    package func list(
        _ bucket: String,
        prefix: String,
        after key: String?
    ) async throws(ObjectFault) -> any ObjectLister {
        try await store(of: bucket).list(bucket, prefix: prefix, after: key)
    }

    package func put(_ bytes: [UInt8], to object: ObjectName) async throws(ObjectFault) {
        try await store(of: object.bucket).put(bytes, to: object)
    }

    private func store(of bucket: String) throws(ObjectFault) -> any ObjectStore {
        let folder = settings.current.buckets.first { $0.name.utf8.elementsEqual(bucket.utf8) }
        if let folder { return FolderStore(directory: folder.directory) }
        guard let fallback else { throw .noSuchBucket(bucket) }
        return fallback
    }
}
