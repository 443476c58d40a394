package import StepwellEngine
import StepwellHistory
import StepwellJSON
package import StepwellTriggers

/// The operations on dead letters: `X-Amz-Target: StepwellTriggers.ListDeadLetters` and others, in
/// the protocol of the API.
package struct DeadLettersSurface: ServedSurface {
    private static let prefix = "StepwellTriggers."

    private let service: DeadLetterService

    /// A surface of dead letters.
    package init(_ service: DeadLetterService) {
        self.service = service
    }

    /// Requests are signed like those to the API.
    package func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
        operation(of: request) == nil ? nil : .signature(service: "states")
    }

    /// The answer to a request for dead letters.
    package func respond(
        to request: ServiceRequest
    ) async throws(ServiceError) -> ServiceResponse? {
        guard let operation = operation(of: request) else { return nil }
        var response: ServiceResponse
        do throws(ServiceError) {
            let fields = try operation.call.fields(of: request.body, nil)
            response = ServiceResponse(json: try await operation.perform(fields, service))
        } catch {
            response = ServiceResponse(error)
        }
        if operation.isAudited {
            response.audited = operation.call.audited(request, source: "stepwell.triggers")
        }
        return response
    }

    private func operation(of request: ServiceRequest) -> DeadLettersOperation? {
        guard request.method == "POST", request.pathAndQuery.path == "/",
            let target = request.target, target.utf8.starts(with: Self.prefix.utf8)
        else { return nil }
        let name = String(target.utf8.dropFirst(Self.prefix.utf8.count))
        return DeadLettersOperation.all.first { $0.call.name == name }
    }
}

/// An operation on dead letters.
private struct DeadLettersOperation: Sendable {
    let call: CallShape
    var isAudited = true
    let perform: @Sendable (RequestFields, DeadLetterService) async throws(ServiceError) -> [UInt8]

    private static let id: [MemberShape] = [.required("id", .string(1...256))]

    static let all: [DeadLettersOperation] = [
        DeadLettersOperation(
            call: CallShape(
                name: "ListDeadLetters",
                members: [
                    .optional("after", .string(1...256)), .optional("limit", .integer(1...1_000)),
                ]
            ),
            isAudited: false
        ) { fields, service async throws(ServiceError) in
            let page = try await service.page(
                after: fields.string("after"),
                limit: fields.integer("limit") ?? 100
            )
            var answer = ResponseFields()
            answer.add("deadLetters", page.letters.map { $0.summary })
            answer.add("next", page.next)
            return answer.finished()
        },
        DeadLettersOperation(
            call: CallShape(name: "DescribeDeadLetter", members: id),
            isAudited: false
        ) { fields, service async throws(ServiceError) in
            let letter = try await service.letter(fields.required("id"))
            var answer = letter.summary
            answer.add("input", String(decoding: letter.delivery.input, as: UTF8.self))
            return answer.finished()
        },
        DeadLettersOperation(call: CallShape(name: "RedriveDeadLetter", members: id)) {
            fields,
            service async throws(ServiceError) in
            try await service.redrive(fields.required("id"))
            return EventsOperation.empty
        },
        DeadLettersOperation(call: CallShape(name: "DeleteDeadLetter", members: id)) {
            fields,
            service async throws(ServiceError) in
            try await service.delete(fields.required("id"))
            return EventsOperation.empty
        },
    ]
}

extension DeadLetter {
    fileprivate var summary: ResponseFields {
        var answer = ResponseFields()
        answer.add("id", DeadLetterService.id(of: key))
        answer.add("time", time)
        answer.add("cause", delivery.cause)
        answer.add("targetArn", delivery.target.arn)
        answer.add("attempts", delivery.attempts)
        answer.add("errorCode", errorCode)
        answer.add("errorMessage", errorMessage)
        answer.add("condition", condition.rawValue)
        return answer
    }
}
