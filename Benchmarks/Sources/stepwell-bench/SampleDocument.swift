import StepwellJSON

/// JSON texts made up for measuring, the same in every run.
struct SampleDocument {
    let name: String
    let bytes: [UInt8]

    private init(_ name: String, _ value: JSONValue) {
        self.name = name
        bytes = JSONWriter.write(value)
    }

    /// Orders as a shop would send them: every kind of value, short and long strings, some with
    /// escapes and some beyond ASCII; about 200 KB.
    static let mixed = SampleDocument(
        "mixed 200 KB",
        ["orders": .array((0..<460).map(order)), "next": .null]
    )

    /// One order.
    static let small = SampleDocument("one order", order(7))

    /// Prose: long strings, a few escapes.
    static let text = SampleDocument(
        "strings",
        .array(
            (0..<400).map {
                .string(String(repeating: "The quick brown fox \($0) jumps.\n", count: 15))
            }
        )
    )

    /// Coordinates and counts.
    static let numbers = SampleDocument(
        "numbers",
        .array(
            (0..<8000).map { place in
                let number = Int64(place)
                return .array([
                    .number(JSONNumber(number * number * 7919 % 1_000_003)),
                    .number(JSONNumber(Double(number * 7919 % 360_000) / 1000)),
                ])
            }
        )
    )

    private static func order(_ place: Int) -> JSONValue {
        let number = Int64(place)
        let price = Double(number * 7919 % 10000) / 100
        return [
            "orderId": .string("order-\(1_000_000 + place)"),
            "customer": [
                "name": place % 7 == 0 ? "Zoë Müller-Lüdenscheidt" : "Alexandra Winterbottom",
                "email": .string("customer\(place)@example.com"), "premium": .bool(place % 3 == 0),
            ],
            "items": .array(
                (0..<(2 + number % 2)).map { item in
                    [
                        "sku": .string("SKU-\(item)-\(number * 31)"),
                        "quantity": .number(JSONNumber(item + 1)),
                        "price": .number(JSONNumber(price + Double(item))), "gift": false,
                    ]
                }
            ),
            "total": .number(JSONNumber(price * 3)), "coupon": .null,
            "placedAt": "2026-11-22T21:24:16.123Z",
            "note": place % 5 == 0
                ? "Leave it \"behind the shed\",\nplease.\tThe dog is friendly."
                : "Leave it with the neighbour at number twelve if nobody answers the door bell.",
        ]
    }
}
