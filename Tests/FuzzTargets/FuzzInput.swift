import StepwellJSON

/// The bytes of an expression and, after the first zero byte, the JSON text it is evaluated on.
struct FuzzInput {
    let expression: String
    let document: JSONValue

    private static let usual = """
        {"a":[1,-2.5,"x",null,true,{"b":[3,4,[5]],"c":"é"}],"b":{"a":{"b":1}},"s":"one,two",
         "n":9007199254740993,"e":[],"o":{},"books":[{"price":8.95,"isbn":"1"},{"price":22}]}
        """

    init(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        expression = String(decoding: parts.first ?? [], as: UTF8.self)
        let text = parts.count > 1 ? [UInt8](parts[1]) : Array(Self.usual.utf8)
        document = (try? JSONParser.parse(text)) ?? .null
    }
}
