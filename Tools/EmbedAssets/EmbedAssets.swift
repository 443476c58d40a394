import Foundation
import PackagePlugin

/// Has the files of a target's folder `Resources` made part of its code, so that a program is one
/// file.
///
/// SwiftPM's own `.embedInCode` writes an array literal of numbers, which took the compiler four
/// minutes for 300 KB; the string literals of this tool take it a second.
@main
struct EmbedAssets: BuildToolPlugin {
    func createBuildCommands(
        context: PluginContext,
        target: any Target
    ) async throws -> [Command] {
        let folder = target.directoryURL.appending(path: "Resources")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedAssets.swift")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        return [
            .buildCommand(
                displayName: "Embedding \(folder.path)",
                executable: try context.tool(named: "embed-assets").url,
                arguments: [folder.path, output.path],
                inputFiles: names.map { folder.appending(path: $0) }.filter { !$0.isFolder },
                outputFiles: [output]
            )
        ]
    }
}

extension URL {
    fileprivate var isFolder: Bool {
        (try? resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
    }
}
