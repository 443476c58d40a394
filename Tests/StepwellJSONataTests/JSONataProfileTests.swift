import StepwellJSONata
import Testing

@Suite("The profiles")
struct JSONataProfileTests {
    @Test("There are two, and they differ")
    func differ() {
        #expect(JSONataProfile.full != JSONataProfile.aws)
    }
}
