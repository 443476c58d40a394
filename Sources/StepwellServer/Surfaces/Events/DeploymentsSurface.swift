package import StepwellEngine
import StepwellJSON
package import StepwellTriggers

/// The operations on what deployments have made: `StepwellTriggers.DescribeDeployment` and
/// `RecordDeployment`, in the protocol of the API.
package struct DeploymentsSurface: ServedSurface {
    private static let stack = MemberShape.required("Stack", .string(1...256))
    private static let describe = CallShape(name: "DescribeDeployment", members: [stack])
    private static let record = CallShape(
        name: "RecordDeployment",
        members: [
            stack,
            .required(
                "Triggers",
                .list(
                    of: .structure([
                        .required("Kind", .oneOf("rule", "schedule", "route")),
                        .required("Name", .string(1...256)),
                        .optional("Place", .string(1...256)),
                    ])
                )
            ),
        ]
    )

    private let records: DeploymentRecords

    /// A surface of records.
    package init(_ records: DeploymentRecords) {
        self.records = records
    }

    /// Requests are signed like those to the API.
    package func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
        call(of: request) == nil ? nil : .signature(service: "states")
    }

    /// The answer to a request for a deployment.
    package func respond(
        to request: ServiceRequest
    ) async throws(ServiceError) -> ServiceResponse? {
        guard let call = call(of: request) else { return nil }
        var response: ServiceResponse
        do throws(ServiceError) {
            response = ServiceResponse(json: try await answer(call, request.body))
        } catch {
            response = ServiceResponse(error)
        }
        if call.name == Self.record.name {
            response.audited = call.audited(request, source: "stepwell.triggers")
        }
        return response
    }

    private func answer(_ call: CallShape, _ body: [UInt8]) async throws(ServiceError) -> [UInt8] {
        let fields = try call.fields(of: body, nil)
        let stack = fields.required("Stack")
        if call.name == Self.record.name {
            let triggers = fields.value("Triggers")?.arrayValue ?? []
            try await records.record(triggers, of: stack)
            return EventsOperation.empty
        }
        var answer = ResponseFields()
        answer.add("Triggers", .array(try await records.triggers(of: stack)))
        return answer.finished()
    }

    private func call(of request: ServiceRequest) -> CallShape? {
        guard request.method == "POST", request.pathAndQuery.path == "/" else { return nil }
        return [Self.describe, Self.record].first {
            request.target == "StepwellTriggers.\($0.name)"
        }
    }
}
