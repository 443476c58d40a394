import StepwellJSON
import Testing

/// The files of JSONTestSuite: what RFC 8259 accepts, refuses, and leaves to the parser.
@Suite(.enabled(if: SharedData.hasParsing, "conformance/json-parsing is not there"))
struct ParsingConformanceTests {
    @Test(arguments: SharedData.parsingFiles("y_"))
    func accepts(_ name: String) throws {
        let value = try JSONParser.parse(try SharedData.parsingFile(name))
        #expect(try JSONParser.parse(JSONWriter.write(value)) == value)
        #expect(try JSONParser.parse(JSONWriter.writePretty(value)) == value)
    }

    @Test(arguments: SharedData.parsingFiles("n_"))
    func refuses(_ name: String) throws {
        let bytes = try SharedData.parsingFile(name)
        let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(bytes) }
        #expect((0...bytes.count).contains(error.offset))
    }

    @Test
    func everyFileIsThere() {
        #expect(SharedData.parsingFiles("y_").count == 95)
        #expect(SharedData.parsingFiles("n_").count == 188)
    }

    @Test
    func everyOpenQuestionHasAnAnswer() {
        #expect(Set(SharedData.parsingFiles("i_")) == Set(OpenQuestions.answers.map(\.file)))
    }

    @Test(arguments: OpenQuestions.answers)
    func answers(_ answer: OpenQuestions.Answer) throws {
        let bytes = try SharedData.parsingFile(answer.file)
        switch answer.outcome {
        case .keeps:
            let value = try JSONParser.parse(bytes)
            #expect(JSONWriter.write(value) == bytes.filter { $0 != UInt8(ascii: "\n") })
        case .refuses(let reason, let offset):
            let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(bytes) }
            #expect(error.reason == reason)
            #expect(error.offset == offset)
        }
    }
}
