import StepwellJSON
import StepwellLanguage
import Testing

/// The cases of awslabs/statelint, and why Stepwell's verdict differs in some.
@Suite("statelint", .enabled(if: SharedData.isPresent, "no conformance data"))
struct StatelintTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        let definition: JSONValue
        let problems: Int

        var testDescription: String { file }

        init(_ value: JSONValue) {
            file = value.member("file").text ?? ""
            definition = value.member("definition")
            guard case .number(let count) = value.member("problems") else {
                problems = -1
                return
            }
            problems = Int(count.double)
        }
    }

    private static let cases = ((try? SharedData.json("validator/statelint.json")) ?? .null)
        .items.map(Case.init)

    /// Where the number of errors is another one: the number here, and the reason.
    private static let differences: [String: (errors: Int, reason: String)] = [
        "states-array-invocation-leftpad.json": (0, "spaces before a call do no harm"),
        "task-with-credentials.json": (1, "AWS wants RoleArn, as recorded; statelint anything"),
    ]

    @Test("The verdict is statelint's or differs for a reason", arguments: cases)
    func verdict(item: Case) {
        let decoded = DefinitionDecoder().decode(JSONWriter.write(item.definition))
        let errors = decoded.problems.filter { $0.severity == .error }
        let difference = Self.differences[item.file]
        let text = errors.map(\.invalidDefinitionText).joined(separator: "\n")
        #expect(errors.count == difference?.errors ?? item.problems, "\(text)")
        if let difference {
            #expect(difference.errors != item.problems, "no difference: take it off the table")
        }
    }

    @Test("There are cases")
    func present() {
        #expect(Self.cases.count == 66)
    }
}
