/// The code of a project's functions.
struct ProjectFunctions {
    let template: ProjectTemplate
    let language: ProjectLanguage

    /// The handler of a function, as the configuration names it.
    func handler(_ name: String) -> String {
        switch language {
        case .python, .node: "app.\(name)"
        case .swift: ".build/debug/functions"
        }
    }

    /// The files of the code.
    var files: [Project.File] {
        switch language {
        case .python: [Project.File(path: "functions/app.py", text: template.python)]
        case .node: [Project.File(path: "functions/app.mjs", text: template.node)]
        case .swift:
            [
                Project.File(path: "functions/Package.swift", text: Self.package),
                Project.File(path: "functions/Sources/functions/Main.swift", text: swift),
                Project.File(path: "functions/Sources/functions/Runtime.swift", text: Self.runtime),
            ]
        }
    }

    private var swift: String {
        template.swift + """

            @main
            enum Main {
                static func main() async throws {
                    try await Runtime.run { name, event in
                        switch name {

            """
            + template.functions.map { "            case \"\($0)\": try \($0)(event)\n" }.joined()
                + """
                            default: throw Failure(name: "UnknownFunction", message: name)
                            }
                        }
                    }
                }

                """
    }

    private static let package = """
        // swift-tools-version: 6.0
        import PackageDescription

        let package = Package(
            name: "functions",
            targets: [.executableTarget(name: "functions")]
        )

        """

    private static let runtime = """
        import Foundation

        #if canImport(FoundationNetworking)
            import FoundationNetworking
        #endif

        /// An error with the name that Retry and Catch match.
        struct Failure: Error {
            let name: String
            let message: String
        }

        /// The Lambda Runtime API in a page; `swift-aws-lambda-runtime` does more.
        enum Runtime {
            typealias Event = [String: Any]

            /// Takes invocations for ever; `body` is given the function's name and the event.
            static func run(_ body: @Sendable (String, Event) throws -> Event) async throws {
                let environment = ProcessInfo.processInfo.environment
                let api = environment["AWS_LAMBDA_RUNTIME_API"] ?? ""
                let name = environment["AWS_LAMBDA_FUNCTION_NAME"] ?? ""
                let base = "http://\\(api)/2018-06-01/runtime/invocation/"
                while true {
                    let (data, answer) = try await send("GET", base + "next", nil)
                    let id = answer.value(forHTTPHeaderField: "Lambda-Runtime-Aws-Request-Id") ?? ""
                    do {
                        let event = try JSONSerialization.jsonObject(with: data) as? Event ?? [:]
                        let result = try JSONSerialization.data(withJSONObject: body(name, event))
                        _ = try await send("POST", base + id + "/response", result)
                    } catch {
                        let failure = error as? Failure
                        let told = [
                            "errorType": failure?.name ?? "Failed",
                            "errorMessage": failure?.message ?? "\\(error)",
                        ]
                        let body = try JSONSerialization.data(withJSONObject: told)
                        _ = try await send("POST", base + id + "/error", body)
                    }
                }
            }

            private static func send(
                _ method: String,
                _ url: String,
                _ body: Data?
            ) async throws -> (Data, HTTPURLResponse) {
                guard let address = URL(string: url) else { throw URLError(.badURL) }
                var request = URLRequest(url: address, timeoutInterval: 86_400)
                request.httpMethod = method
                request.httpBody = body
                let (data, answer) = try await URLSession.shared.data(for: request)
                guard let answer = answer as? HTTPURLResponse else {
                    throw URLError(.badServerResponse)
                }
                return (data, answer)
            }
        }

        """
}
