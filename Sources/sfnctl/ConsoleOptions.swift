import ArgumentParser
import Foundation
import StepwellConsole

/// Options of `serve` that concern the console.
struct ConsoleOptions: ParsableArguments {
    @Flag(help: "Serves no console at /console.")
    var noConsole = false

    @Option(
        help: ArgumentHelp(
            "Serves the console's files from this directory instead of the built-in ones, for "
                + "development.",
            valueName: "DIR"
        )
    )
    var consoleDir: String?

    func validate() throws {
        guard let consoleDir else { return }
        var isDirectory: ObjCBool = false
        let isThere = FileManager.default.fileExists(
            atPath: consoleDir,
            isDirectory: &isDirectory
        )
        guard isThere, isDirectory.boolValue else {
            throw ValidationError("--console-dir: there is no directory \(consoleDir)")
        }
        if noConsole { throw ValidationError("give either --console-dir or --no-console") }
    }

    /// Whether there is a console.
    var isServed: Bool { !noConsole }

    /// Where its files are.
    var assets: any AssetSource {
        consoleDir.map { FolderAssetSource(folder: $0) } ?? EmbeddedAssetSource()
    }
}
