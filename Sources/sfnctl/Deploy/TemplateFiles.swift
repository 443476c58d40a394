import Foundation
import StepwellTemplates

/// The templates that a path leads to.
enum TemplateFiles {
    /// A template with what it plans.
    struct Stack {
        let name: String
        let document: TemplateDocument
        let plan: TemplatePlan
    }

    /// The stack of a template, or those of a directory of `cdk synth`.
    static func stacks(
        at path: String,
        _ settings: TemplateSettings,
        only wanted: String?
    ) throws -> [Stack] {
        guard isDirectory(path) else {
            return [try stack(path, settings, asset: { _ in nil })]
        }
        let directory = AbsolutePath(of: path).text
        guard FileManager.default.fileExists(atPath: "\(directory)/manifest.json") else {
            throw CommandFailure(
                .badInput,
                "\(path): a directory without a manifest.json, so none that `cdk synth` wrote"
            )
        }
        let assembly = try CloudAssembly(directory: directory) { path in
            (try? Data(contentsOf: URL(fileURLWithPath: path))).map(Array.init)
        }
        let stacks = assembly.stacks.filter { wanted == nil || $0.name == wanted }
        guard !stacks.isEmpty else {
            let names = assembly.stacks.map(\.name).joined(separator: ", ")
            throw CommandFailure(.badInput, "\(path): there is no such stack; there are: \(names)")
        }
        return try stacks.map { found in
            var settings = settings
            settings.stackName = found.name
            return try stack(found.template.shownPath, settings, asset: assembly.asset)
        }
    }

    private static func stack(
        _ path: String,
        _ settings: TemplateSettings,
        asset: @escaping (String) -> String?
    ) throws -> Stack {
        let input = try InputText(file: path)
        let document = try TemplateDocument(
            file: path,
            directory: AbsolutePath(of: path).directory,
            parsing: String(decoding: input.bytes, as: UTF8.self)
        )
        let surroundings = PlanReader.Surroundings(
            exists: { FileManager.default.fileExists(atPath: $0) },
            isDirectory: isDirectory,
            asset: asset
        )
        var reader = try PlanReader(document, settings: settings, surroundings: surroundings)
        return Stack(name: settings.stackName, document: document, plan: try reader.read())
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }
}
