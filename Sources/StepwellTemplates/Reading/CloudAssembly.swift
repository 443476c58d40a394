package import StepwellIntegrations
import StepwellJSON

/// What `cdk synth` writes: the templates of a directory, and the files that stand for assets.
package struct CloudAssembly: Sendable {
    /// A stack's template.
    package struct Stack: Sendable, Hashable {
        package let name: String
        /// The template's file, absolute.
        package let template: String
    }

    /// The stacks in the order of the manifest.
    package private(set) var stacks: [Stack] = []
    /// Files and directories by the keys of their objects.
    private var assets: [String: String] = [:]

    /// Reads the manifest of a directory, and those of the directories that it names; `content`
    /// gives the bytes of a file.
    ///
    /// - Throws: `SettingsProblem` when a manifest cannot be read.
    package init(
        directory: String,
        content: (String) -> [UInt8]?
    ) throws(SettingsProblem) {
        try read(directory, content, depth: 0)
    }

    /// The local file or directory of an asset; nil when there is none of that key.
    package func asset(_ key: String) -> String? { assets[key] }

    private mutating func read(
        _ directory: String,
        _ content: (String) -> [UInt8]?,
        depth: Int
    ) throws(SettingsProblem) {
        let manifest = try Self.json("\(directory)/manifest.json", content)
        for (name, artifact) in manifest["artifacts"]?.objectValue ?? JSONObject() {
            let properties = artifact["properties"]
            switch artifact["type"]?.stringValue {
            case "aws:cloudformation:stack":
                guard let file = properties?["templateFile"]?.stringValue else { continue }
                let stack = properties?["stackName"]?.stringValue ?? name
                stacks.append(Stack(name: stack, template: "\(directory)/\(file)"))
            case "cdk:asset-manifest":
                guard let file = properties?["file"]?.stringValue else { continue }
                readAssets(try Self.json("\(directory)/\(file)", content), directory)
            case "cdk:cloud-assembly":
                guard let nested = properties?["directoryName"]?.stringValue, depth < 8 else {
                    continue
                }
                try read("\(directory)/\(nested)", content, depth: depth + 1)
            default: continue
            }
        }
    }

    private mutating func readAssets(_ manifest: JSONValue, _ directory: String) {
        for (_, file) in manifest["files"]?.objectValue ?? JSONObject() {
            guard let path = file["source"]?["path"]?.stringValue else { continue }
            for (_, destination) in file["destinations"]?.objectValue ?? JSONObject() {
                guard let key = destination["objectKey"]?.stringValue else { continue }
                assets[key] = path.hasPrefix("/") ? path : "\(directory)/\(path)"
            }
        }
    }

    private static func json(
        _ path: String,
        _ content: (String) -> [UInt8]?
    ) throws(SettingsProblem) -> JSONValue {
        guard let text = content(path) else {
            throw SettingsProblem(file: path, line: 1, column: 1, message: "cannot be read")
        }
        do throws(JSONParseError) {
            return try JSONParser.parse(text)
        } catch {
            throw SettingsProblem(
                file: path,
                line: error.line,
                column: error.column,
                message: "not JSON: \(error.reason)"
            )
        }
    }
}
