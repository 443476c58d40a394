/// The intrinsic functions of the Amazon States Language.
enum IntrinsicTable {
    /// As many arguments as a definition has room for.
    private static let many = 1 << 20

    static let functions: [IntrinsicFunction] = [
        IntrinsicFunction(name: "States.Array", arity: 0...many, body: .pure(Intrinsics.array)),
        IntrinsicFunction(
            name: "States.ArrayContains",
            arity: 2...2,
            body: .pure(Intrinsics.arrayContains)
        ),
        IntrinsicFunction(
            name: "States.ArrayGetItem",
            arity: 2...2,
            body: .pure(Intrinsics.arrayGetItem)
        ),
        IntrinsicFunction(
            name: "States.ArrayLength",
            arity: 1...1,
            body: .pure(Intrinsics.arrayLength)
        ),
        IntrinsicFunction(
            name: "States.ArrayPartition",
            arity: 2...2,
            body: .pure(Intrinsics.arrayPartition)
        ),
        IntrinsicFunction(
            name: "States.ArrayRange",
            arity: 3...3,
            body: .pure(Intrinsics.arrayRange)
        ),
        IntrinsicFunction(
            name: "States.ArrayUnique",
            arity: 1...1,
            body: .pure(Intrinsics.arrayUnique)
        ),
        IntrinsicFunction(
            name: "States.Base64Decode",
            arity: 1...1,
            body: .pure(Intrinsics.base64Decode)
        ),
        IntrinsicFunction(
            name: "States.Base64Encode",
            arity: 1...1,
            body: .pure(Intrinsics.base64Encode)
        ),
        IntrinsicFunction(name: "States.Format", arity: 1...many, body: .format),
        IntrinsicFunction(name: "States.Hash", arity: 2...2, body: .pure(Intrinsics.hash)),
        IntrinsicFunction(
            name: "States.JsonMerge",
            arity: 3...3,
            body: .pure(Intrinsics.jsonMerge)
        ),
        IntrinsicFunction(
            name: "States.JsonToString",
            arity: 1...1,
            body: .pure(Intrinsics.jsonToString)
        ),
        IntrinsicFunction(name: "States.MathAdd", arity: 2...2, body: .pure(Intrinsics.mathAdd)),
        IntrinsicFunction(name: "States.MathRandom", arity: 2...3, body: .random),
        IntrinsicFunction(
            name: "States.StringSplit",
            arity: 2...2,
            body: .pure(Intrinsics.stringSplit)
        ),
        IntrinsicFunction(
            name: "States.StringToJson",
            arity: 1...1,
            body: .pure(Intrinsics.stringToJson)
        ),
        IntrinsicFunction(name: "States.UUID", arity: 0...0, body: .uuid),
    ]

    /// The function of that name, compared by bytes.
    static func function(named name: String) -> IntrinsicFunction? {
        functions.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
