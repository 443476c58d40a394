/// The intrinsic functions of the Amazon States Language.
enum IntrinsicTable {
    /// As many arguments as a definition has room for.
    private static let many = 1 << 20

    static let functions: [IntrinsicFunction] = arrays + texts + numbers

    private static let arrays: [IntrinsicFunction] = [
        IntrinsicFunction(name: "States.Array", arity: 0...many, body: .pure(Intrinsics.array)),
        IntrinsicFunction(
            name: "States.ArrayContains",
            arity: 2...2,
            body: .pure(Intrinsics.arrayContains),
            first: FirstIntrinsics.arrayContains
        ),
        IntrinsicFunction(
            name: "States.ArrayGetItem",
            arity: 2...2,
            body: .pure(Intrinsics.arrayGetItem),
            first: FirstIntrinsics.arrayGetItem
        ),
        IntrinsicFunction(
            name: "States.ArrayLength",
            arity: 1...1,
            body: .pure(Intrinsics.arrayLength)
        ),
        IntrinsicFunction(
            name: "States.ArrayPartition",
            arity: 2...2,
            body: .pure(Intrinsics.arrayPartition),
            first: FirstIntrinsics.arrayPartition
        ),
        IntrinsicFunction(
            name: "States.ArrayRange",
            arity: 3...3,
            body: .pure(Intrinsics.arrayRange),
            first: FirstIntrinsics.arrayRange
        ),
        IntrinsicFunction(
            name: "States.ArrayUnique",
            arity: 1...1,
            body: .pure(Intrinsics.arrayUnique),
            first: FirstIntrinsics.arrayUnique
        ),
    ]

    private static let texts: [IntrinsicFunction] = [
        IntrinsicFunction(
            name: "States.Base64Decode",
            arity: 1...1,
            body: .pure(Intrinsics.base64Decode),
            first: FirstIntrinsics.base64Decode
        ),
        IntrinsicFunction(
            name: "States.Base64Encode",
            arity: 1...1,
            body: .pure(Intrinsics.base64Encode)
        ),
        IntrinsicFunction(name: "States.Format", arity: 1...many, body: .format),
        IntrinsicFunction(
            name: "States.Hash",
            arity: 2...2,
            body: .pure(Intrinsics.hash),
            first: FirstIntrinsics.hash
        ),
        IntrinsicFunction(
            name: "States.JsonMerge",
            arity: 3...3,
            body: .pure(Intrinsics.jsonMerge),
            first: FirstIntrinsics.jsonMerge
        ),
        IntrinsicFunction(
            name: "States.JsonToString",
            arity: 1...1,
            body: .pure(Intrinsics.jsonToString)
        ),
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
    ]

    private static let numbers: [IntrinsicFunction] = [
        IntrinsicFunction(
            name: "States.MathAdd",
            arity: 2...2,
            body: .pure(Intrinsics.mathAdd),
            first: FirstIntrinsics.mathAdd
        ),
        IntrinsicFunction(name: "States.MathRandom", arity: 2...3, body: .random),
        IntrinsicFunction(name: "States.UUID", arity: 0...0, body: .uuid),
    ]

    /// The function of that name, compared by bytes.
    static func function(named name: String) -> IntrinsicFunction? {
        functions.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
