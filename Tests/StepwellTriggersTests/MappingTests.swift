import StepwellJSON
import Testing

@testable import StepwellTriggers

/// What mappings make of requests.
struct MappingTests {
    private let context: MappingContext = {
        var context = MappingContext(
            request: [
                "method": "POST", "rawPath": "/orders/17",
                "path": ["id": "17", "a.b": "dotted"],
                "querystring": ["dry": "yes"],
                "header": ["x-tenant": "acme", "if-match": "\"1\""],
                "body": ["customer": ["name": "Ada"], "lines": [["sku": "x"], ["sku": "y"]]],
            ],
            context: ["requestId": "r-1", "identity": ["sourceIp": "127.0.0.1"]],
            milliseconds: 1_767_225_600_000,
            seed: 1
        )
        context.response = ["status": "SUCCEEDED", "output": ["total": 12]]
        return context
    }()

    @Test(
        "values",
        arguments: [
            ("$request.body.customer.name", "Ada"),
            ("$request.body.lines[1].sku", "y"),
            ("$request.body.lines[2].sku", nil),
            ("$request.body.nothing", nil),
            ("$request.path.id", "17"),
            ("$request.path.a.b", "dotted"),
            ("$request.path", "/orders/17"),
            ("$request.querystring.dry", "yes"),
            ("$request.header.X-Tenant", "acme"),
            ("$context.identity.sourceIp", "127.0.0.1"),
            ("$response.output.total", 12),
            ("order-${request.path.id}-${context.requestId}!", "order-17-r-1!"),
            ("${request.body.customer}", #"{"name":"Ada"}"#),
            ("${request.body.nothing}", ""),
            ("{% $request.body.lines.sku %}", ["x", "y"]),
            ("{% $response.output.total * 2 %}", 24),
            ("{% $context.requestId & '-' & $request.path.id %}", "r-1-17"),
            ("{% nothing %}", nil),
            ("plain", "plain"),
            ("$5", "$5"),
            ("$other.thing", "$other.thing"),
            (7, 7),
            (
                [
                    "id": "$request.path.id", "no": "$request.body.no",
                    "list": ["$request.method", 1],
                ],
                ["id": "17", "list": ["POST", 1]]
            ),
        ] as [(JSONValue, JSONValue?)]
    )
    func values(mapping: JSONValue, expected: JSONValue?) throws {
        #expect(try MappingValue(mapping).value(in: context) == expected)
    }

    @Test(
        "what is no mapping",
        arguments: [
            "$request", "$request.", "$request.body.", "$request.body..a", "$request.body.a[x]",
            "$request.header.", "a ${request.body", "a ${other.x}", "{% ( %}", "{%%}",
        ] as [JSONValue]
    )
    func problems(mapping: JSONValue) {
        #expect(throws: RouteProblem.self) { try MappingValue(["a": [mapping]]) }
    }

    @Test("an expression that fails, or takes too much, is a problem and not the end")
    func failures() throws {
        for text in ["{% $number('x') %}", "{% $sum([1..1000000].($ * $)) %}"] {
            let mapping = try MappingValue(.string(text))
            #expect(throws: RouteProblem.self) { try mapping.value(in: context) }
        }
    }
}
