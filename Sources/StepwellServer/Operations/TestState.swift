import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

extension Operation {
    /// Runs one state on its own, without a state machine.
    static let testState = Operation(
        "TestState",
        [
            .required("definition", .definition),
            .optional("roleArn", .arn),
            .optional("input", .data),
            .optional("inspectionLevel", .oneOf("INFO", "DEBUG", "TRACE")),
            .optional("revealSecrets", .boolean),
            .optional("variables", .data),
            .optional("stateName", .sensitive(1...80)),
            .optional("mock", mock),
            .optional("context", .data),
            .optional("stateConfiguration", stateConfiguration),
        ]
    ) { fields, engine in
        try fields.checkRole()
        let response = try await engine.testState(TestStateRequest(fields))
        let outcome = response.outcome
        var answer = ResponseFields()
        answer.add("output", outcome.output)
        answer.add("error", outcome.failure?.error)
        answer.add("cause", outcome.failure?.cause)
        let level = fields.string("inspectionLevel") ?? "INFO"
        if level != "INFO" {
            answer.add("inspectionData", response.inspectionData(isTrace: level == "TRACE"))
        }
        answer.add("nextState", outcome.nextState)
        answer.add("status", outcome.status.rawValue)
        return answer.finished()
    }

    private static let mock = ValueShape.structure([
        .optional("result", .data),
        .optional(
            "errorOutput",
            .structure([.optional("error", .error), .optional("cause", .cause)])
        ),
        .optional("fieldValidationMode", .oneOf("STRICT", "PRESENT", "NONE")),
    ])

    private static let stateConfiguration = ValueShape.structure([
        .optional("retrierRetryCount", .integer(0...Int64(Int32.max))),
        .optional("errorCausedByState", .sensitive(1...80)),
        .optional("mapIterationFailureCount", .integer(0...Int64(Int32.max))),
        .optional("mapItemReaderData", .data),
    ])
}

extension TestStateRequest {
    fileprivate init(_ fields: RequestFields) {
        self.init(definition: fields.required("definition"))
        roleARN = fields.string("roleArn")
        input = fields.string("input")
        stateName = fields.string("stateName")
        variables = fields.string("variables")
        context = fields.string("context")
        revealSecrets = fields.boolean("revealSecrets") ?? false
        if let given = fields.structure("mock") {
            let errorOutput = given.structure("errorOutput")
            mock = Mock(
                result: given.string("result"),
                errorOutput: errorOutput.map {
                    Failure(error: $0.string("error"), cause: $0.string("cause"))
                },
                fieldValidationMode: given.string("fieldValidationMode")
                    .flatMap { .init(rawValue: $0) } ?? .strict
            )
        }
        if let given = fields.structure("stateConfiguration") {
            configuration.retrierRetryCount = given.integer("retrierRetryCount")
            configuration.errorCausedByState = given.string("errorCausedByState")
            configuration.mapIterationFailureCount = given.integer("mapIterationFailureCount")
            configuration.mapItemReaderData = given.string("mapItemReaderData")
        }
    }
}

extension TestStateResponse {
    /// `inspectionData` of the levels DEBUG and TRACE, which differ for HTTP Tasks alone.
    fileprivate func inspectionData(isTrace: Bool) -> ResponseFields {
        var data = ResponseFields()
        data.add("input", input)
        for stage in StateInspection.Stage.allCases {
            if let payload = inspection[stage] {
                data.add(named: stage.rawValue, .string(payload.string))
            }
        }
        data.add("maxConcurrency", inspection.maxConcurrency.map { Int($0) })
        data.add("toleratedFailureCount", inspection.toleratedFailureCount.map { Int($0) })
        if let percentage = inspection.toleratedFailurePercentage {
            data.add("toleratedFailurePercentage", .number(JSONNumber(percentage)))
        }
        if isTrace, let exchange {
            data.add("request", exchange.request.fields)
            if let response = exchange.response { data.add("response", response.fields) }
        }
        if !variables.isEmpty { data.add("variables", variablesText) }
        if let details = errorDetails { data.add("errorDetails", details) }
        return data
    }

    private var variablesText: String {
        var members = JSONObject()
        for variable in variables {
            members[variable.name] = (try? variable.value.value()) ?? .null
        }
        return JSONWriter.string(.object(members))
    }

    private var errorDetails: ResponseFields? {
        guard inspection.catchIndex != nil || inspection.retryIndex != nil else { return nil }
        var details = ResponseFields()
        details.add("catchIndex", inspection.catchIndex)
        details.add("retryIndex", inspection.retryIndex)
        let milliseconds = inspection.retryBackoff
        details.add("retryBackoffIntervalSeconds", milliseconds.map { Int($0 / 1000) })
        return details
    }
}

extension InspectedExchange.Request {
    fileprivate var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add("protocol", scheme)
        fields.add("method", method)
        fields.add("url", url)
        fields.add("headers", headers)
        fields.add("body", body)
        return fields
    }
}

extension InspectedExchange.Response {
    fileprivate var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add("protocol", scheme)
        fields.add("statusCode", statusCode)
        fields.add("statusMessage", statusMessage)
        fields.add("headers", headers)
        fields.add("body", body)
        return fields
    }
}
