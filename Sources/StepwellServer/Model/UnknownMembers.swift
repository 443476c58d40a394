package import Logging
import Metrics
import StepwellEngine
import StepwellJSON
import Synchronization

/// What is done with members of requests that this server does not know: those of newer SDKs, and
/// misspelt ones.
///
/// AWS's services leave them unread. That is what a server for many clients does; who reads what
/// they wrote themselves is better served by a refusal.
package enum UnknownMembers: Sendable {
    /// They are refused by name.
    case refused
    /// They are left unread; each is counted, and told of once.
    case ignored(Notes)

    /// They are left unread, counted (`stepwell_unknown_members`), and told to a log.
    package static func ignored(_ logger: Logger) -> UnknownMembers { .ignored(Notes(logger)) }

    /// Counts and tells what was not read.
    package final class Notes: Sendable {
        /// How many names are told; a client could make up any number.
        private static let capacity = 100

        private let logger: Logger
        private let told = Mutex<Set<String>>([])

        fileprivate init(_ logger: Logger) {
            self.logger = logger
        }

        func record(_ places: [String], of operation: String) {
            guard !places.isEmpty else { return }
            Counter(label: "stepwell_unknown_members", dimensions: [("operation", operation)])
                .increment(by: places.count)
            for place in places.prefix(Self.capacity) {
                let name = "\(operation).\(RefusalLog.plain(place))"
                let isNew = told.withLock { told in
                    told.count < Self.capacity && told.insert(name).inserted
                }
                guard isNew else { continue }
                logger.notice("the member \(name) is not known here and is not read")
            }
        }
    }

    /// Checks a request's members, and notes those that are not read.
    ///
    /// - Throws: `SerializationException`, `ValidationException`.
    func check(
        _ members: JSONObject,
        _ shape: [MemberShape],
        _ validator: consuming RequestValidator
    ) throws(ServiceError) {
        if case .ignored = self { validator.ignoresUnknown = true }
        try validator.check(members, shape)
        if case .ignored(let notes) = self {
            notes.record(validator.unknown, of: validator.operation)
        }
    }
}
