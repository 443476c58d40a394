import StepwellEngine
import StepwellJSON
import StepwellTriggers

extension EventsOperation {
    static let tags = [tagResource, untagResource, listTagsForResource]

    private static let tagResource = EventsOperation(
        "TagResource",
        [.required("ResourceARN", .eventARN), .required("Tags", .eventTags)]
    ) { fields, service async throws(ServiceError) in
        let tags = fields.eventTags
        try await service.changeTags(of: EventResource(fields.required("ResourceARN"))) {
            TriggerTag.merge(tags, into: $0)
        }
        return empty
    }

    private static let untagResource = EventsOperation(
        "UntagResource",
        [
            .required("ResourceARN", .eventARN),
            .required("TagKeys", .list(of: .string(1...128))),
        ]
    ) { fields, service async throws(ServiceError) in
        let keys = fields.strings("TagKeys")
        try await service.changeTags(of: EventResource(fields.required("ResourceARN"))) { tags in
            tags.filter { tag in !keys.contains { $0.utf8.elementsEqual(tag.key.utf8) } }
        }
        return empty
    }

    private static let listTagsForResource = EventsOperation(
        "ListTagsForResource",
        [.required("ResourceARN", .eventARN)],
        isAudited: false
    ) { fields, service async throws(ServiceError) in
        let resource = try EventResource(fields.required("ResourceARN"))
        var answer = ResponseFields()
        answer.add("Tags", TriggerTag.json(try await service.tags(of: resource)))
        return answer.finished()
    }
}
