import Testing

@testable import StepwellTriggers

/// Which route takes a request.
struct RoutePatternTests {
    private func table(_ routes: String...) throws -> RouteTable<String> {
        var table = RouteTable<String>()
        for route in routes {
            #expect(table.insert(route, at: try RoutePattern(route)) == nil)
        }
        return table
    }

    private func found(
        _ table: RouteTable<String>,
        _ method: String,
        _ path: String
    ) -> String? {
        table.match(method, path: path).map { match in
            ([match.route] + match.parameters.map { "\($0.name)=\($0.value)" })
                .joined(separator: " ")
        }
    }

    @Test("the most particular route takes a request")
    func priorities() throws {
        let table = try table(
            "GET /orders/{id}",
            "GET /orders/new",
            "ANY /orders/{id}",
            "POST /orders/{id}/lines/{line}",
            "GET /orders/{rest+}",
            "ANY /files/{path+}",
            "ANY /{proxy+}"
        )
        #expect(found(table, "GET", "/orders/new") == "GET /orders/new")
        #expect(found(table, "GET", "/orders/17") == "GET /orders/{id} id=17")
        #expect(found(table, "PUT", "/orders/17") == "ANY /orders/{id} id=17")
        #expect(found(table, "PUT", "/orders/new") == "ANY /orders/{id} id=new")
        #expect(
            found(table, "POST", "/orders/1/lines/2")
                == "POST /orders/{id}/lines/{line} id=1 line=2"
        )
        #expect(found(table, "GET", "/orders/1/lines/2") == "GET /orders/{rest+} rest=1/lines/2")
        #expect(found(table, "PUT", "/orders/1/x") == "ANY /{proxy+} proxy=orders/1/x")
        #expect(found(table, "GET", "/files/a/b%2Fc") == "ANY /files/{path+} path=a/b/c")
        #expect(found(table, "GET", "/") == "ANY /{proxy+} proxy=")
        // A parameter is a part of the path, and an empty one is none.
        #expect(found(table, "GET", "/orders/") == "GET /orders/{rest+} rest=")
        #expect(found(table, "GET", "/orders/a%20b") == "GET /orders/{id} id=a b")
    }

    @Test("what no route takes")
    func misses() throws {
        let table = try table("POST /orders/{id}", "GET /orders/{id}/lines")
        #expect(found(table, "GET", "/orders/1") == nil)
        #expect(table.hasPath("/orders/1"))
        #expect(!table.hasPath("/orders"))
        #expect(!table.hasPath("/orders/1/lines/2"))
        #expect(found(table, "POST", "orders/1") == nil)
        #expect(found(table, "POST", "/Orders/1") == nil)
        #expect(found(table, "POST", "/" + String(repeating: "a/", count: 5_000)) == nil)
    }

    @Test("routes that take the same requests are told")
    func sameRequests() throws {
        var table = RouteTable<String>()
        #expect(table.insert("a", at: try RoutePattern("GET /o/{id}")) == nil)
        #expect(
            table.insert("b", at: try RoutePattern("GET /o/{name}"))?.description == "GET /o/{id}"
        )
        #expect(table.insert("c", at: try RoutePattern("PUT /o/{name}")) == nil)
        #expect(table.insert("d", at: try RoutePattern("ANY /o/{x+}")) == nil)
        #expect(table.insert("e", at: try RoutePattern("ANY /o/{y+}")) != nil)
    }

    @Test(
        "what is no route",
        arguments: [
            "", "GET", "get /a", "GET a", "GET /", "GET  /a", "FETCH /a", "GET /a b", "GET /a//b",
            "GET /a/", "GET /{}", "GET /{a", "GET /a}", "GET /{a}/{a}", "GET /{a+}/b", "GET /a?b",
            "GET /%61", "GET /{a b}", "GET /health", "POST /console/x", "GET /schedules/{id}",
            "GET /tags", "GET /ä",
        ]
    )
    func problems(text: String) {
        #expect(throws: RouteProblem.self) { try RoutePattern(text) }
    }
}
