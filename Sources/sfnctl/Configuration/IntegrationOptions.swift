import ArgumentParser
import StepwellIntegrations

/// Options of `serve` that say what tasks may use.
struct IntegrationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Runs a Lambda function here: the code's directory, and the handler after the last "
                + "colon (module.function). Repeatable; --config can say more.",
            valueName: "NAME=DIR:HANDLER"
        )
    )
    var function: [String] = []

    @Option(
        help: ArgumentHelp(
            "Uses a directory as an S3 bucket. Repeatable.",
            valueName: "NAME=DIR"
        )
    )
    var bucket: [String] = []

    @Option(
        help: ArgumentHelp(
            "Permissions of state machines' roles, as IAM policies; reloaded when it changes.",
            valueName: "FILE"
        )
    )
    var policy: String?

    func validate() throws {
        _ = try function.map(Self.function)
        _ = try bucket.map(Self.bucket)
    }

    /// Puts what the options say above what a file said.
    func apply(to settings: inout IntegrationSettings) throws {
        for function in try function.map(Self.function) {
            let place = settings.functions.firstIndex { $0.name == function.name }
            guard let place else {
                settings.functions.append(function)
                continue
            }
            settings.functions[place].directory = function.directory
            settings.functions[place].handler = function.handler
        }
        for bucket in try bucket.map(Self.bucket) {
            settings.buckets.removeAll { $0.name == bucket.name }
            settings.buckets.append(bucket)
        }
    }

    private static func function(_ text: String) throws -> FunctionSettings {
        let (name, rest) = try split(text, "--function", "NAME=DIR:HANDLER")
        let bytes = rest.utf8
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex,
            bytes.index(after: colon) < bytes.endIndex, FunctionSettings.isName(name)
        else { throw ValidationError("--function '\(text)' is not NAME=DIR:HANDLER") }
        return FunctionSettings(
            name: name,
            directory: try directory(String(rest[..<colon]), "--function"),
            handler: String(rest[rest.index(after: colon)...])
        )
    }

    private static func bucket(_ text: String) throws -> BucketSettings {
        let (name, rest) = try split(text, "--bucket", "NAME=DIR")
        return BucketSettings(name: name, directory: try directory(rest, "--bucket"))
    }

    private static func split(
        _ text: String,
        _ option: String,
        _ form: String
    ) throws -> (String, String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, text.first != "=" else {
            throw ValidationError("\(option) '\(text)' is not \(form)")
        }
        return (parts[0], parts[1])
    }

    private static func directory(_ path: String, _ option: String) throws -> String {
        let path = AbsolutePath(of: path).text
        guard SettingsSurroundings.process.isDirectory(path) else {
            throw ValidationError("\(option): there is no directory '\(path)'")
        }
        return path
    }
}
