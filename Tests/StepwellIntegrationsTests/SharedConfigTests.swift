import Testing

@testable import StepwellIntegrations

@Suite("AWS's shared files")
struct SharedConfigTests {
    @Test("Sections, settings, comments and what is indented")
    func sections() throws {
        let text = """
            # comment
            [default]
            region = eu-central-1 ; said why
            s3 =
              addressing_style = path
              endpoint_url = http://127.0.0.1:9000

            [profile  dev]
            AWS_Access_Key_ID=AKIA#1
            """
        let file = try SharedFile(text, name: "config")
        #expect(file.sections["default"]?.settings["region"] == "eu-central-1")
        #expect(file.sections["default"]?.nested["s3"]?["endpoint_url"] == "http://127.0.0.1:9000")
        #expect(file.sections["profile dev"]?.settings["aws_access_key_id"] == "AKIA#1")
    }

    @Test("What is wrong is said with its line, and without the line's text")
    func faults() {
        let fault = #expect(throws: AWSFault.self) {
            _ = try SharedFile("[a]\nx = 1\nsecret-without-name\n", name: "keys")
        }
        guard case .credentials(let text)? = fault else { Issue.record("no fault"); return }
        #expect(text == "keys:3: this is not a setting in a section")
        #expect(throws: AWSFault.self) { _ = try SharedFile("x = 1", name: "keys") }
        #expect(throws: AWSFault.self) { _ = try SharedFile("[a", name: "keys") }
    }
}
