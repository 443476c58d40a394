import StepwellEngine
import StepwellHistory
import StepwellTriggers

extension EventsOperation {
    static let buses = [
        createEventBus, updateEventBus, deleteEventBus, describeEventBus, listEventBuses,
    ]

    private static let createEventBus = EventsOperation(
        "CreateEventBus",
        [
            .required("Name", .eventBusName), .optional("Description", .string(0...512)),
            .optional("DeadLetterConfig", .deadLetterConfig), .optional("Tags", .eventTags),
            .unsupported("EventSourceName", .string(1...256)),
            .unsupported("KmsKeyIdentifier", .string(0...2048)),
            .unsupported("LogConfig", .structure([])),
        ]
    ) { fields, service async throws(ServiceError) in
        var bus = EventBus(name: fields.required("Name"), at: service.now)
        guard !bus.name.utf8.contains(UInt8(ascii: "/")) else {
            throw .invalidEventRequest("Event bus name must not contain '/'.")
        }
        bus.description = fields.string("Description")
        bus.deadLetterARN = fields.structure("DeadLetterConfig")?.string("Arn")
        bus.tags = fields.eventTags
        try await service.createEventBus(bus)
        var answer = ResponseFields()
        answer.add("EventBusArn", service.settings.arn("event-bus/\(bus.name)"))
        answer.add("Description", bus.description)
        answer.addDeadLetters(bus.deadLetterARN)
        return answer.finished()
    }

    private static let updateEventBus = EventsOperation(
        "UpdateEventBus",
        [
            .optional("Name", .eventBusName), .optional("Description", .string(0...512)),
            .optional("DeadLetterConfig", .deadLetterConfig),
            .unsupported("KmsKeyIdentifier", .string(0...2048)),
            .unsupported("LogConfig", .structure([])),
        ]
    ) { fields, service async throws(ServiceError) in
        let description = fields.string("Description")
        let deadLetters = fields.structure("DeadLetterConfig").map { $0.string("Arn") }
        let bus = try await service.updateEventBus(fields.bus("Name")) { bus in
            if let description { bus.description = description }
            if let deadLetters { bus.deadLetterARN = deadLetters }
        }
        var answer = ResponseFields()
        answer.add("Arn", service.settings.arn("event-bus/\(bus.name)"))
        answer.add("Name", bus.name)
        answer.add("Description", bus.description)
        answer.addDeadLetters(bus.deadLetterARN)
        return answer.finished()
    }

    private static let deleteEventBus = EventsOperation(
        "DeleteEventBus",
        [.required("Name", .eventBusName)]
    ) { fields, service async throws(ServiceError) in
        try await service.deleteEventBus(fields.required("Name"))
        return empty
    }

    private static let describeEventBus = EventsOperation(
        "DescribeEventBus",
        [.optional("Name", .eventBus)],
        isAudited: false
    ) { fields, service async throws(ServiceError) in
        let bus = try await service.eventBus(fields.bus("Name"))
        var answer = bus.summary(service)
        answer.addDeadLetters(bus.deadLetterARN)
        return answer.finished()
    }

    private static let listEventBuses = EventsOperation(
        "ListEventBuses",
        [
            .optional("NamePrefix", .eventBusName), .optional("NextToken", .eventPageToken),
            .optional("Limit", .eventPageSize),
        ],
        isAudited: false
    ) { fields, service async throws(ServiceError) in
        let prefix = fields.string("NamePrefix") ?? ""
        let all = try await service.eventBuses().filter { $0.name.utf8.starts(with: prefix.utf8) }
        let page = try fields.page(of: all, "ListEventBuses", prefix) { $0.name }
        var answer = ResponseFields()
        answer.add("EventBuses", page.items.map { $0.summary(service) })
        answer.add("NextToken", page.nextToken)
        return answer.finished()
    }
}

extension EventBus {
    fileprivate func summary(_ service: EventBusService) -> ResponseFields {
        var answer = ResponseFields()
        answer.add("Name", name)
        answer.add("Arn", service.settings.arn("event-bus/\(name)"))
        answer.add("Description", description)
        answer.add("CreationTime", created)
        answer.add("LastModifiedTime", modified)
        if isFromFile { answer.add("ManagedBy", "configuration file") }
        return answer
    }
}

extension ResponseFields {
    fileprivate mutating func addDeadLetters(_ arn: String?) {
        guard let arn else { return }
        var config = ResponseFields()
        config.add("Arn", arn)
        add("DeadLetterConfig", config)
    }
}
