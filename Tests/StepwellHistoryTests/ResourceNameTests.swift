import StepwellHistory
import Testing

@Suite("Names of resources")
struct ResourceNameTests {
    @Test(
        "Names that are allowed",
        arguments: [
            "a", "order-1_2.3", "été", "名前", "a(b)+'!@=", String(repeating: "x", count: 80),
        ]
    )
    func allowedNames(_ name: String) {
        #expect(ResourceName.isValid(name))
    }

    @Test(
        "Names that are not allowed",
        arguments: [
            "", " ", "a b", "a\u{2003}b", "a\u{85}", "a\u{7F}", "\u{0}", "\u{FFFE}", "\u{10FFFF}",
            String(repeating: "x", count: 81),
        ] + "<>{}[]?*\"#%\\^|~`$&,;:/".unicodeScalars.map { "a\($0)" }
    )
    func forbiddenNames(_ name: String) {
        #expect(!ResourceName.isValid(name))
    }
}
