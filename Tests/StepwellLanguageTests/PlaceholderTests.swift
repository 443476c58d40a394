import StepwellJSON
import StepwellLanguage
import Testing

/// The `${Name}` placeholders of templates.
@Suite("Placeholders")
struct PlaceholderTests {
    private let text = """
        {"StartAt": "A", "States": {
          "A": {"Type": "Task", "End": true, "Resource": "arn:${AWS::Partition}:x:${F}:y:z",
            "Parameters": {"a.$": "States.Format('${!not} {}', $.b)", "c": "${", "d": "$${F}"}}}}
        """

    @Test("Each is a warning with its place")
    func warnings() {
        let decoded = decode(text)
        #expect(decoded.definition != nil)
        #expect(decoded.problems.map(\.severity) == [.warning, .warning, .warning])
        #expect(
            decoded.problems.map(\.message) == [
                "The placeholder '${AWS::Partition}' is not filled in",
                "The placeholder '${F}' is not filled in",
                "The placeholder '${F}' is not filled in",
            ]
        )
        #expect(decoded.problems.map(\.line) == [2, 2, 3])
        #expect(decoded.problems.first?.pointer == "/States/A/Resource")
    }

    @Test("A known one is filled in")
    func fills() throws {
        let decoder = DefinitionDecoder(substitutions: ["F": "f", "AWS::Partition": "aws"])
        let decoded = decoder.decode(text)
        #expect(decoded.problems.isEmpty)
        let definition = try #require(decoded.definition)
        guard case .task(let fields) = definition[definition.startAt].kind else {
            Issue.record("no task")
            return
        }
        #expect(fields.resource == "arn:aws:x:f:y:z")
    }

    @Test("Outside of strings a placeholder becomes its value, or a string that holds it")
    func outside() {
        let text = #"{"a": ${N}, "b": "${N} \" ${N}", "c": ${M}, "d": $N, "e": ${}, ${N"#
        let filled = TemplateText(Array(text.utf8), substitutions: ["N": "30"])
        #expect(
            String(decoding: filled.json, as: UTF8.self)
                == #"{"a": 30, "b": "${N} \" ${N}", "c": "${M}", "d": $N, "e": ${}, ${N"#
        )
    }

    @Test("A place after a replaced placeholder is that of the template")
    func outsidePlaces() {
        let text = "{\n\"é\": ${LongName}, \"b\": ${M}, \"c\": 1,\n\"d\": 2}"
        let filled = TemplateText(Array(text.utf8), substitutions: ["LongName": "1"])
        let json = String(decoding: filled.json, as: UTF8.self)
        let written = text.split(separator: "\n").map(Array.init)
        for (line, characters) in json.split(separator: "\n").map(Array.init).enumerated() {
            for (column, character) in characters.enumerated() where "\"éacd".contains(character) {
                let found = filled.position(line: line + 1, column: column + 1)
                #expect(found.line == line + 1)
                guard characters[column...].starts(with: "\"$") == false,
                    characters[..<column].suffix(1) != ["}"]
                else { continue }
                #expect(written[line][found.column - 1] == character, "\(line) \(column)")
            }
        }
    }

    @Test("Where no text can stand, one that is not filled in is an error that names it")
    func number() {
        let decoded = decode(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": "${N}", "End": true}}}
            """
        )
        #expect(decoded.definition == nil)
        #expect(decoded.problems.contains { $0.hint == "Fill in the placeholder '${N}'." })
    }
}
