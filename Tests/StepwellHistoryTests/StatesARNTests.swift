import StepwellHistory
import Testing

@Suite("ARNs")
struct StatesARNTests {
    private static let valid: [(String, StatesARN.Resource)] = [
        ("stateMachine:orders", .stateMachine(name: "orders")),
        ("stateMachine:orders/each", .stateMachine(name: "orders/each")),
        ("stateMachine:orders:12", .stateMachineVersion(name: "orders", version: 12)),
        ("stateMachine:orders:live", .stateMachineAlias(name: "orders", alias: "live")),
        ("stateMachine:orders:v1", .stateMachineAlias(name: "orders", alias: "v1")),
        ("execution:orders:o-1", .execution(stateMachine: "orders", name: "o-1")),
        ("express:orders:o-1:id", .express(stateMachine: "orders", name: "o-1", id: "id")),
        ("activity:pick", .activity(name: "pick")),
        (
            "mapRun:orders/each:0b5f",
            .mapRun(stateMachine: "orders", label: "each", id: "0b5f")
        ),
    ]

    @Test("Every form is taken apart and put together again", arguments: valid.map(\.0))
    func forms(_ tail: String) throws {
        let text = "arn:aws-cn:states:cn-north-1:123456789012:\(tail)"
        let arn = try #require(StatesARN(text))
        #expect(arn.partition == "aws-cn")
        #expect(arn.region == "cn-north-1")
        #expect(arn.account == "123456789012")
        #expect(arn.resource == Self.valid.first { $0.0 == tail }?.1)
        #expect(arn.description == text)
    }

    @Test("A sibling has the same place")
    func sibling() throws {
        let machine = try #require(StatesARN("arn:aws:states:eu-west-1:1:stateMachine:m"))
        let execution = machine.sibling(.execution(stateMachine: "m", name: "e"))
        #expect(execution.description == "arn:aws:states:eu-west-1:1:execution:m:e")
    }

    @Test(
        "What is none is refused",
        arguments: [
            "", "arn", "orders", "arn:aws:states:r:1:stateMachine", "arn:aws:states:r:1:activity:",
            "arn:aws:lambda:r:1:function:f", "arn:aws:states:r:1:stateMachine:m:a:b",
            "arn:aws:states:r:1:stateMachine:m:", "arn:aws:states:r:1:execution:m",
            "arn:aws:states:r:1:execution:m:e:x", "arn:aws:states:r::stateMachine:m",
            "arn:aws:states::1:stateMachine:m", "arn::states:r:1:stateMachine:m",
            "ARN:aws:states:r:1:stateMachine:m", "arn:aws:states:r:1:mapRun:m:id",
            "arn:aws:states:r:1:mapRun:m/l/k:id", "arn:aws:states:r:1:mapRun:/l:id",
            "arn:aws:states:r:1:express:m:e", "arn:aws:states:r:1:statemachine:m",
            "arn:aws:states:r:1:stateMachine:m:01",
            "arn:aws:states:r:1:stateMachine:m:99999999999999999999",
        ]
    )
    func refused(_ text: String) {
        #expect(StatesARN(text) == nil)
    }

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

    @Test("Names of aliases")
    func aliases() {
        for name in ["live", "v1", "1-2", "_", "A.b", String(repeating: "x", count: 80)] {
            #expect(ResourceName.isValidAlias(name), "\(name)")
        }
        for name in ["", "12", "a b", "é", "a:b", String(repeating: "x", count: 81)] {
            #expect(!ResourceName.isValidAlias(name), "\(name)")
        }
    }
}
