/// Buckets as a role may use them: every object that is read, listed or written is judged by the
/// policies that there are at the time.
struct PolicedStore: ObjectStore {
    private let store: any ObjectStore
    private let permissions: ObjectPermissions
    private let context: PolicyContext
    /// The name of the role's session.
    private let session: String

    init(
        _ store: any ObjectStore,
        _ permissions: ObjectPermissions,
        roleARN: String,
        mapRunARN: String
    ) {
        self.store = store
        self.permissions = permissions
        context = permissions.context(roleARN: roleARN)
        session = mapRunARN.split(separator: ":").last.map(String.init) ?? ""
    }

    func open(
        _ object: ObjectName,
        from offset: Int,
        tag: String?
    ) async throws(ObjectFault) -> any ObjectBody {
        try check(context.reading(object))
        return try await store.open(object, from: offset, tag: tag)
    }

    func read(
        _ object: ObjectName,
        _ range: Range<Int>,
        tag: String?
    ) async throws(ObjectFault) -> ObjectPart {
        try check(context.reading(object))
        return try await store.read(object, range, tag: tag)
    }

    func list(
        _ bucket: String,
        prefix: String,
        after key: String?
    ) async throws(ObjectFault) -> any ObjectLister {
        try check(context.listing(bucket, prefix: prefix))
        return try await store.list(bucket, prefix: prefix, after: key)
    }

    func put(_ bytes: [UInt8], to object: ObjectName) async throws(ObjectFault) {
        try check(context.writing(object))
        try await store.put(bytes, to: object)
    }

    private func check(_ request: PolicyRequest) throws(ObjectFault) {
        if let denial = permissions.denial(of: request) {
            throw .denied(denial.message(session: session))
        }
    }
}
