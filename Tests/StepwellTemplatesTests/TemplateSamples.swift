import StepwellIntegrations
import StepwellJSON

@testable import StepwellTemplates

/// Templates as tests write them.
enum TemplateSamples {
    /// What is planned of a template's text.
    static func plan(
        _ text: String,
        parameters: [String: String] = [:],
        files: Set<String> = [],
        folders: Set<String> = [],
        assets: [String: String] = [:]
    ) throws -> TemplatePlan {
        let document = try TemplateDocument(file: "t.yaml", directory: "/d", parsing: text)
        var reader = try PlanReader(
            document,
            settings: TemplateSettings(parameters: parameters, stackName: "shop"),
            surroundings: PlanReader.Surroundings(
                exists: { files.contains($0) || folders.contains($0) },
                isDirectory: folders.contains,
                asset: { assets[$0] }
            )
        )
        return try reader.read()
    }

    /// The values of a template's `Resources.A.Properties`, as JSON text.
    static func values(_ properties: String, _ rest: String = "") throws -> String {
        let text = "\(rest)\nResources:\n  A:\n    Type: T\n    Properties: \(properties)\n"
        let document = try TemplateDocument(file: "t.yaml", directory: "/d", parsing: text)
        let scope = try TemplateScope(document, TemplateSettings(stackName: "shop"))
        let place = JSONPointer(tokens: ["Resources", "A", "Properties"])
        return JSONWriter.string(try scope.value(at: place) ?? .null)
    }

    /// The problems of a template.
    static func problems(_ text: String) -> [String] {
        do {
            _ = try plan(text)
            return []
        } catch let error as SettingsProblems {
            return error.problems.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }
}
