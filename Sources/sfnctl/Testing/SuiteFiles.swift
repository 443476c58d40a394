import Foundation
import StepwellIntegrations
import StepwellSuites
import StepwellTemplates

/// Test files: which there are, and what they say.
enum SuiteFiles {
    private static let endings = [".test.yaml", ".test.yml", ".test.json"]
    /// Directories that hold what others made.
    static let passedOver: Set<String> = ["node_modules", ".build", "venv", "__pycache__"]

    /// The test files that paths lead to: files as they are named, and those below directories in
    /// the order of their names.
    static func find(_ paths: [String]) throws -> [String] {
        var found: [String] = []
        for path in paths {
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                throw CommandFailure(.badInput, "\(path): there is no such file or directory")
            }
            found += isDirectory.boolValue ? files(below: path) : [path]
        }
        return found
    }

    private static func files(below directory: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.sorted().flatMap { name -> [String] in
            let path = directory == "." ? name : "\(directory)/\(name)"
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                return []
            }
            guard isDirectory.boolValue else {
                return endings.contains(where: name.hasSuffix) ? [path] : []
            }
            let isHidden = name.hasPrefix(".") || passedOver.contains(name)
            return isHidden ? [] : files(below: path)
        }
    }

    /// Reads test files; throws every problem of all of them.
    static func read(_ paths: [String]) throws -> [Suite] {
        var suites: [Suite] = []
        var problems: [String] = []
        for path in paths {
            do {
                suites.append(try suite(path))
            } catch {
                problems.append(CommandFailure(error).description)
            }
        }
        guard problems.isEmpty else {
            throw CommandFailure(.badInput, problems.joined(separator: "\n"))
        }
        return suites
    }

    /// The state machine of a template, by its logical id; substitutions are parameters there.
    private static func templated(
        _ logicalID: String,
        in template: String,
        parameters: [String: String]
    ) throws -> (name: String, text: String) {
        let settings = TemplateSettings(parameters: parameters)
        let stacks = try TemplateFiles.stacks(at: template, settings, only: nil)
        for prepared in try PreparedPlan.prepare(stacks) {
            let machines = prepared.plan.stateMachines
            guard let machine = machines.first(where: { $0.logicalID == logicalID }),
                let text = prepared.definitions[logicalID]
            else { continue }
            return (machine.name, text)
        }
        let known = stacks.flatMap(\.plan.stateMachines).map(\.logicalID)
        throw CommandFailure(
            .badInput,
            "\(template): there is no state machine '\(logicalID)'"
                + NearName.suggestion(logicalID, in: known)
        )
    }

    private static func suite(_ path: String) throws -> Suite {
        let sources = SuiteReader.Sources(
            definition: { path, substitutions in
                if let mark = path.lastIndex(of: "#") {
                    return try templated(
                        String(path[path.index(after: mark)...]),
                        in: String(path[..<mark]).shownPath,
                        parameters: substitutions
                    )
                }
                let file = try DefinitionFile(
                    path: path.shownPath,
                    substitutions: Substitutions(values: substitutions)
                )
                return (file.name, file.text)
            },
            content: { try InputText(file: $0.shownPath).bytes }
        )
        var reader = SuiteReader(try SettingsDocument(path: path), sources: sources)
        return try reader.read()
    }
}

extension String {
    /// A path as people name it: from the working directory on, where it is below that.
    var shownPath: String {
        let home = FileManager.default.currentDirectoryPath + "/"
        let path = URL(fileURLWithPath: self).standardizedFileURL.path
        return path.hasPrefix(home) ? String(path.dropFirst(home.count)) : path
    }
}
