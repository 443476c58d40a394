import StepwellJSON
import Testing

/// A definition that a recorded case gave to AWS, with AWS's verdict.
struct RecordedDefinition: Sendable, CustomTestStringConvertible {
    let file: String
    let step: Int
    let operation: String
    let definition: JSONValue
    let type: String
    /// Whether AWS answered `InvalidDefinition`.
    let isRefused: Bool
    /// Its message, where that was recorded.
    let refusal: String?

    var testDescription: String { "\(file) step \(step)" }

    var text: [UInt8] { JSONWriter.write(definition) }

    /// Every definition of the recorded cases.
    static let all: [RecordedDefinition] = SharedData.files("cases", suffix: ".json").flatMap {
        (try? load($0)) ?? []
    }

    private static func load(_ file: String) throws -> [RecordedDefinition] {
        guard case .array(let steps) = try SharedData.json(file).member("steps") else { return [] }
        return steps.enumerated().compactMap { index, step -> RecordedDefinition? in
            guard case .string(let operation) = step.member("op"),
                ["CreateStateMachine", "UpdateStateMachine"].contains(operation),
                let definition = step.member("params").member("definition").definition
            else { return nil }
            return RecordedDefinition(
                file: file,
                step: index,
                operation: operation,
                definition: definition,
                type: step.member("params").member("type").text ?? "STANDARD",
                isRefused: step.refusal != nil,
                refusal: step.refusal?.member("message").text
            )
        }
    }
}

extension JSONValue {
    /// A member, or null.
    func member(_ key: String) -> JSONValue {
        guard case .object(let object) = self else { return .null }
        return object[key] ?? .null
    }

    /// The items, or none.
    var items: [JSONValue] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    /// The string, if it is one.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// Whether a string occurs anywhere inside, as a value or in one.
    func mentions(_ word: String) -> Bool {
        switch self {
        case .string(let text): text.contains(word)
        case .array(let items): items.contains { $0.mentions(word) }
        case .object(let object): object.contains { $0.value.mentions(word) }
        case .null, .bool, .number: false
        }
    }

    fileprivate var definition: JSONValue? {
        switch self {
        case .object(let object): object["$json"]
        case .string(let text): try? JSONParser.parse(Array(text.utf8))
        default: nil
        }
    }

    fileprivate var refusal: JSONValue? {
        member("expect").items.map { $0.member("error") }.first {
            $0.member("code").text == "InvalidDefinition"
        }
    }
}
