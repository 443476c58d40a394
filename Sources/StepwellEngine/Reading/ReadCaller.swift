/// On whose behalf something is read: callers that read at the same time take turns.
package struct ReadCaller: Sendable, Hashable {
    private let rawValue: Int

    private init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// The caller that an object stands for (a connection, an export) while it is there.
    package init(_ object: AnyObject) {
        rawValue = ObjectIdentifier(object).hashValue
    }

    /// Whom the reads of a task are for; nil is the task itself.
    @TaskLocal
    package static var assigned: ReadCaller?

    /// Whom a read is for that begins here and now.
    static var current: ReadCaller {
        if let assigned { return assigned }
        return ReadCaller(rawValue: withUnsafeCurrentTask { $0?.hashValue ?? 0 })
    }
}
