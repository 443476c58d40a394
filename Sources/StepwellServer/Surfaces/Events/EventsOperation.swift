import StepwellEngine
import StepwellJSON
import StepwellTriggers

/// An operation of EventBridge.
struct EventsOperation: Sendable {
    let call: CallShape
    /// Whether an audit log has it: those that change something, and events that are sent.
    let isAudited: Bool
    let perform: @Sendable (RequestFields, EventBusService) async throws(ServiceError) -> [UInt8]

    init(
        _ name: String,
        _ members: [MemberShape],
        isAudited: Bool = true,
        perform:
            @escaping @Sendable (RequestFields, EventBusService) async throws(ServiceError) ->
            [UInt8]
    ) {
        call = CallShape(name: name, members: members)
        self.isAudited = isAudited
        self.perform = perform
    }

    /// What an operation without output answers.
    static let empty = Array("{}".utf8)

    /// Every operation, by name.
    static let all: [String: EventsOperation] = Dictionary(
        uniqueKeysWithValues: (buses + rules + targets + events + tags).map { ($0.call.name, $0) }
    )
}

extension ValueShape {
    static let ruleName = string(StringConstraints(length: 1...64, pattern: .eventName))
    static let targetID = string(StringConstraints(length: 1...64, pattern: .eventName))
    static let eventBusName = string(StringConstraints(length: 1...256, pattern: .eventBusName))
    static let eventBus = string(StringConstraints(length: 1...1600, pattern: .eventBusNameOrARN))
    static let eventARN = string(1...1600)
    static let eventPageSize = integer(1...100)
    static let eventPageToken = string(1...2048)
    static let eventTags = list(
        of: .structure([
            .required("Key", .string(1...128)), .required("Value", .string(0...256)),
        ])
    )
    static let deadLetterConfig = structure([.optional("Arn", .eventARN)])
}

extension RequestFields {
    /// The name of the bus that is meant: given by name or ARN, else the default one.
    func bus(_ member: String = "EventBusName") -> String {
        guard let text = string(member) else { return EventBus.defaultName }
        return EventBusARN(text)?.name ?? text
    }

    /// The tags of a request.
    var eventTags: [TriggerTag] {
        structures("Tags").map { TriggerTag(key: $0.required("Key"), value: $0.required("Value")) }
    }

    /// A page of what is in order of its names, and the token of the next one.
    func page<Item>(
        of items: [Item],
        _ operation: String,
        _ arguments: String...,
        name: (Item) -> String
    ) throws(ServiceError) -> (items: [Item], nextToken: String?) {
        let listing = [operation] + arguments
        let after = try pagePlace(in: listing)
        let rest = items.drop { item in
            after.map { !$0.utf8.lexicographicallyPrecedes(name(item).utf8) } ?? false
        }
        return page(from: rest, listing, name: name)
    }

    /// The page at the begin of what is left, and the token of the next one.
    func page<Item>(
        from rest: ArraySlice<Item>,
        _ listing: [String],
        name: (Item) -> String
    ) -> (items: [Item], nextToken: String?) {
        let shown = Array(rest.prefix(eventPageSize))
        guard shown.count < rest.count, let last = shown.last else { return (shown, nil) }
        return (shown, tokens?.seal(name(last), of: listing))
    }

    /// The name behind which the page begins that is asked for; nil is the first page.
    func pagePlace(in listing: [String]) throws(ServiceError) -> String? {
        guard let token = string("NextToken") else { return nil }
        guard let tokens else { throw .badPageToken }
        return try tokens.open(token, of: listing)
    }

    /// As many as a page has at most.
    var eventPageSize: Int { integer("Limit") ?? 100 }
}
