import StepwellJSON

/// What the answers of AWS's services look like: what a mocked result is held against.
///
/// The tables are those of the integrations used most; a result of another service is taken as it
/// is. A table is read when a mock first names its service.
struct MockShapes: Sendable {
    /// The type of a field.
    indirect enum FieldType: Sendable {
        case string, boolean, anything
        case number(low: Double?, high: Double?)
        case enumeration([String])
        case list(FieldType)
        case map(FieldType)
        /// A structure of the same table, by its name there.
        case structure(String)
    }

    /// A field of a structure.
    struct Field: Sendable {
        let name: String
        let isRequired: Bool
        let type: FieldType
    }

    /// The fields of each structure.
    let structures: [String: [Field]]
    /// The structure that each action answers, by the action's name in lower case.
    let actions: [String: String]

    /// Throws `ValidationException` when a result does not agree with what the task's API answers.
    static func check(
        _ result: JSONValue,
        of resource: String,
        mode: TestStateRequest.Mock.FieldValidationMode
    ) throws(ServiceError) {
        guard mode != .none, let api = MockedAPI(resource), let table = tables[api.service]?(),
            let shape = table.actions[api.action.lowercased()]
        else { return }
        let check = MockResultCheck(
            table: table,
            isStrict: mode == .strict,
            parsedFields: api.parsedFields
        )
        try check.check(result, .structure(shape), field: nil)
    }

    private static let tables: [String: @Sendable () -> MockShapes] = [
        "dynamodb": { dynamodbTable }, "events": { eventsTable }, "kms": { kmsTable },
        "lambda": { lambdaTable }, "s3": { s3Table }, "secretsmanager": { secretsmanagerTable },
        "sfn": { sfnTable }, "sns": { snsTable }, "sqs": { sqsTable },
    ]

    private static let dynamodbTable = MockShapes(reading: dynamodb)
    private static let eventsTable = MockShapes(reading: events)
    private static let kmsTable = MockShapes(reading: kms)
    private static let lambdaTable = MockShapes(reading: lambda)
    private static let s3Table = MockShapes(reading: s3)
    private static let secretsmanagerTable = MockShapes(reading: secretsmanager)
    private static let sfnTable = MockShapes(reading: sfn)
    private static let snsTable = MockShapes(reading: sns)
    private static let sqsTable = MockShapes(reading: sqs)

    private init(reading text: String) {
        var reader = MockShapeReader(text)
        var structures: [String: [Field]] = [:]
        var actions: [String: String] = [:]
        while !reader.isAtEnd {
            if reader.take("@") {
                let action = reader.name()
                _ = reader.take("=")
                actions[action.lowercased()] = reader.name()
            } else {
                structures[reader.name()] = reader.fields()
            }
            _ = reader.take(";")
        }
        self.structures = structures
        self.actions = actions
    }
}
