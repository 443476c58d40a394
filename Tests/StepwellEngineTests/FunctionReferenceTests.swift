import StepwellEngine
import Testing

@Suite("Names of functions")
struct FunctionReferenceTests {
    @Test(
        "every form",
        arguments: [
            ("f", "f", nil), ("f:live", "f", "live"), ("f:$LATEST", "f", "$LATEST"),
            ("function:f", "f", nil), ("000000000000:function:f:7", "f", "7"),
            ("arn:aws:lambda:us-east-1:000000000000:function:f", "f", nil),
            ("arn:aws-cn:lambda:cn-north-1:000000000000:function:f:7", "f", "7"),
        ] as [(String, String, String?)]
    )
    func forms(text: String, name: String, qualifier: String?) {
        let reference = FunctionReference(text)
        #expect(reference?.name == name)
        #expect(reference?.qualifier == qualifier)
    }

    @Test("what names no function")
    func others() {
        for text in ["", ":", "f:", "a:b:c", "arn:aws:states:::lambda:invoke"] {
            #expect(FunctionReference(text) == nil)
        }
        #expect(FunctionReference(arn: "f") == nil)
        #expect(FunctionReference(arn: "000000000000:function:f") == nil)
        let arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
        #expect(FunctionReference(arn: arn + ":7")?.unqualified == arn)
        #expect(
            FunctionReference.arn("f", qualifier: "7", region: "r", account: "a")
                == "arn:aws:lambda:r:a:function:f:7"
        )
    }
}
