import Foundation
import StepwellEngine

/// How the processes of a function are started.
///
/// What speaks the Runtime API follows from what is there, unless the settings name it:
///
/// | in the directory | runtime |
/// | --- | --- |
/// | HANDLER, which can be run | itself |
/// | `bootstrap`, which can be run | itself (a custom runtime) |
/// | MODULE`.js`, `.mjs` or `.cjs` for the handler MODULE.FUNCTION | `node`, our bootstrap |
/// | MODULE`.py` or a package of that name | `python3 -m awslambdaric` |
struct FunctionPlan: Sendable, Hashable {
    let settings: FunctionSettings
    /// The ARN without a qualifier.
    let arn: String
    /// The program's file.
    let program: String
    let arguments: [String]
    /// What the processes have, but for the address of their Runtime API.
    let environment: [String: String]

    /// Finds out how a function is run.
    ///
    /// - Throws: `FunctionProblem` when there is no such code, or no such program.
    init(
        _ settings: FunctionSettings,
        region: String,
        account: String,
        base: [String: String] = ProcessInfo.processInfo.environment
    ) throws(FunctionProblem) {
        self.settings = settings
        let name = FunctionReference(settings.name)?.name ?? settings.name
        arn = FunctionReference.arn(name, region: region, account: account)
        environment = Self.environment(settings, name, region, base)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: settings.directory, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            throw Self.problem(settings, "there is no directory \(settings.directory)")
        }
        let words: [String]
        if let named = settings.runtime {
            words = named
        } else {
            words = try Self.runtime(settings)
        }
        guard let first = words.first, !first.isEmpty else {
            throw Self.problem(settings, "its runtime names no program")
        }
        let path = environment["PATH"] ?? ProgramSearch.standardPath
        guard let file = ProgramSearch.file(of: first, path: path, folder: settings.directory)
        else {
            let advice = Self.packages[first].map { "; run: apt-get install \($0)" } ?? ""
            throw Self.problem(settings, "it needs '\(first)', which is not there\(advice)")
        }
        program = file
        arguments = Array(words.dropFirst())
    }

    /// What is started, to find its Runtime API at a port of this machine.
    func launch(port: Int) -> ProcessLaunch {
        var variables = environment
        variables["AWS_LAMBDA_RUNTIME_API"] = "127.0.0.1:\(port)"
        var launch = ProcessLaunch(
            program: program,
            arguments: arguments,
            environment: variables,
            folder: settings.directory
        )
        // The watch over what is resident ends a process by its limit; this is for one that takes
        // memory faster than it is looked at.
        launch.dataBytes = settings.memoryMegabytes.map { (UInt64($0) * 4 + 1_024) << 20 }
        launch.furtherProcesses = Self.furtherProcesses
        return launch
    }

    /// What bounds those that multiply faster than they are looked at.
    private static let furtherProcesses = 4_096

    private static let packages = ["python3": "python3", "node": "nodejs"]

    private static func problem(_ settings: FunctionSettings, _ text: String) -> FunctionProblem {
        FunctionProblem("the function '\(settings.name)' cannot be hosted: \(text)")
    }

    // MARK: The runtime

    private static func runtime(
        _ settings: FunctionSettings
    ) throws(FunctionProblem) -> [String] {
        let (folder, handler) = (settings.directory, settings.handler)
        if ProgramSearch.isProgram("\(folder)/\(handler)") { return ["\(folder)/\(handler)"] }
        if ProgramSearch.isProgram("\(folder)/bootstrap") { return ["\(folder)/bootstrap"] }
        let files = FileManager.default
        let scripts = NodeBootstrap.suffixes.map {
            "\(folder)/\(NodeBootstrap.module(handler))\($0)"
        }
        if scripts.contains(where: files.fileExists) {
            return ["node", "--input-type=module", "--eval", NodeBootstrap.source]
        }
        let modules = pythonModules(handler)
        if modules.contains(where: { files.fileExists(atPath: "\(folder)/\($0)") }) {
            return ["python3", "-m", "awslambdaric", handler]
        }
        throw problem(
            settings,
            "in \(folder) there is nothing for the handler '\(handler)': no program of that name, "
                + "no 'bootstrap', no module '\(NodeBootstrap.module(handler))' for node, no "
                + "'\(modules.first ?? "")'"
        )
    }

    /// Where Python looks for the module of a handler, `pkg/app.handler` or `pkg.app.handler`.
    private static func pythonModules(_ handler: String) -> [String] {
        guard let dot = handler.lastIndex(of: ".") else { return [] }
        let module = handler[..<dot].split(separator: ".").joined(separator: "/")
        return ["\(module).py", "\(module)/__init__.py"]
    }

    // MARK: The environment

    /// The reserved variables of Lambda's developer guide, what was asked for, and nothing else of
    /// this process's own.
    private static func environment(
        _ settings: FunctionSettings,
        _ name: String,
        _ region: String,
        _ base: [String: String]
    ) -> [String: String] {
        var variables = CleanEnvironment.variables(of: base)
        variables["AWS_REGION"] = region
        variables["AWS_DEFAULT_REGION"] = region
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/\(name)"
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = "stepwell"
        for inherited in settings.inherited { variables[inherited] = base[inherited] }
        for variable in settings.environment {
            variables[variable.name] = variable.value.reveal()
        }
        variables["AWS_LAMBDA_FUNCTION_NAME"] = name
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST"
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] =
            "\(settings.memoryMegabytes ?? unlimitedMegabytes)"
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand"
        variables["LAMBDA_TASK_ROOT"] = settings.directory
        variables["_HANDLER"] = settings.handler
        return variables
    }

    /// What a function without a limit is told that it has: the most that Lambda gives.
    static let unlimitedMegabytes = 10_240
}
