import StepwellTesting
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

    @Test("a table that routes come to and go from is one of those that are there")
    func removal() throws {
        var random = SeededGenerator(seed: 7)
        let parts = ["a", "b", "{x}", "{y}"]
        var table = RouteTable<String>()
        var there: [RoutePattern] = []
        for _ in 0..<2_000 {
            let path = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                parts.randomElement(using: &random) ?? ""
            }
            let text = Self.route(path, rest: Bool.random(using: &random), &random)
            guard let pattern = try? RoutePattern(text) else { continue }
            if let known = there.firstIndex(of: pattern) {
                #expect(table.remove(at: pattern) { $0 == "another" } == nil)
                #expect(table.remove(at: pattern) == text)
                there.remove(at: known)
            } else if table.insert(text, at: pattern) == nil {
                there.append(pattern)
            }
        }
        var anew = RouteTable<String>()
        for pattern in there { #expect(anew.insert(pattern.description, at: pattern) == nil) }
        #expect(table.size == anew.size)
        for first in ["a", "b", "c"] {
            for second in ["", "/a", "/b", "/c", "/a/b", "/c/a/b", "/c/c/c/c"] {
                for method in ["GET", "PUT"] {
                    #expect(
                        found(table, method, "/\(first)\(second)")
                            == found(anew, method, "/\(first)\(second)")
                    )
                }
            }
        }
        for pattern in there { _ = table.remove(at: pattern) }
        #expect(table.size == 1)
    }

    private static func route(
        _ path: [String],
        rest: Bool,
        _ random: inout SeededGenerator
    ) -> String {
        let method = ["GET", "PUT", "ANY"].randomElement(using: &random) ?? "ANY"
        return "\(method) /" + (path + (rest ? ["{z+}"] : [])).joined(separator: "/")
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
