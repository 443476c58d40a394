import Foundation
import Stepwell
import StepwellJSON
import Testing

@testable import StepwellServer

/// A router on an engine of its own, and what it answers.
enum RouterHarness {
    /// An answer: its status and the members of its body.
    struct Answer {
        let status: Int
        let members: JSONObject

        func text(_ key: String) -> String? {
            guard case .string(let text)? = members[key] else { return nil }
            return text
        }
    }

    static func run(_ body: (Router) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "stepwell-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let stepwell = try await WorkflowEngine.open(at: directory.path)
        stepwell.resume()
        do {
            try await body(Router(engine: stepwell.engine))
        } catch {
            await stepwell.shutdown()
            throw error
        }
        await stepwell.shutdown()
    }

    static func call(
        _ router: Router,
        _ operation: String,
        _ parameters: JSONValue
    ) async throws -> Answer {
        let target = "AWSStepFunctions.\(operation)"
        let request = ServiceRequest(target: target, body: JSONWriter.write(parameters))
        let response = await router.respond(to: request)
        let value = try JSONParser.parse(response.body)
        let members = try #require(value.objectValue, "the body is an object")
        return Answer(status: response.status, members: members)
    }
}
