import Foundation

/// A project that is to be made.
struct Project {
    let directory: String
    let template: ProjectTemplate
    let language: ProjectLanguage

    /// A file of the project.
    struct File {
        /// The path in the project.
        let path: String
        let text: String
    }

    /// Makes the files; none of them when one is there already.
    func write() throws {
        let files = self.files
        let root = URL(fileURLWithPath: directory)
        let present = files.map(\.path).filter {
            FileManager.default.fileExists(atPath: root.appending(path: $0).path)
        }
        guard present.isEmpty else {
            throw CommandFailure(
                .failed,
                "\(directory): there is a project already (\(present.joined(separator: ", "))); "
                    + "choose another directory"
            )
        }
        do {
            for file in files {
                let place = root.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(file.text.utf8).write(to: place)
            }
        } catch {
            throw CommandFailure(
                .unusableDirectory,
                "\(directory): the project cannot be created: \(error.reason)"
            )
        }
    }

    /// What to do with it, as it can be typed.
    func nextSteps() -> [String] {
        let made = "Made \(directory): " + files.map(\.path).joined(separator: ", ")
        return [made, "", "Next:"]
            + steps.map { "  " + $0.command + padding(of: $0.command) + "# " + $0.meaning }
    }

    private func padding(of command: String) -> String {
        // A long command stands out instead of moving all others apart.
        let width = steps.map(\.command.count).filter { $0 <= 44 }.max() ?? 0
        return String(repeating: " ", count: max(0, width - command.count) + 3)
    }

    private var steps: [(command: String, meaning: String)] {
        var steps = directory == "." ? [] : [("cd \(Self.quoted(directory))", "")]
        switch language {
        case .python:
            steps.append(("python3 -m venv .venv && . .venv/bin/activate", "a Python of its own"))
            steps.append(("python3 -m pip install awslambdaric", "what runs the functions, once"))
        case .node: break
        case .swift:
            steps.append(("swift build --package-path functions", "the functions"))
        }
        steps.append(("sfnctl test", "the tests of the workflow"))
        // Nobody would answer an execution that waits for somebody.
        if template.name != .approval {
            let options = "--config stepwell.yaml --input input.json"
            steps.append(("sfnctl run \(template.definitionPath) \(options)", "one execution"))
        }
        steps.append(("sfnctl dev", "a server and its console, while you edit"))
        return steps.map { ($0.0, $0.1.isEmpty ? "the project" : $0.1) }
    }

    /// A path as a shell takes it.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "/._-".utf8.contains(byte)
        }
        let escaped = path.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''")
        return isPlain ? path : "'\(escaped)'"
    }

    /// Everything that is written.
    var files: [File] {
        [
            File(path: template.definitionPath, text: template.definition),
            File(path: "tests/\(template.name.rawValue).test.yaml", text: tests),
            File(path: "input.json", text: template.input),
            File(path: "stepwell.yaml", text: configuration),
            File(path: "README.md", text: readme),
            File(
                path: ".gitignore",
                text: ".stepwell/\n.venv/\n.build/\nnode_modules/\n__pycache__/\n"
            ),
        ] + ProjectFunctions(template: template, language: language).files
    }

    private var tests: String {
        "# Run by `sfnctl test`; `sfnctl test --schema` prints what may be written.\n"
            + "machine: ../\(template.definitionPath)\n" + template.tests
    }

    private var configuration: String {
        let functions = template.functions.map { name in
            let handler = ProjectFunctions(template: template, language: language).handler(name)
            return "  \(name):\n    directory: functions\n    handler: \(handler)\n"
        }
        return """
            # Read by `sfnctl serve --config stepwell.yaml` and by `sfnctl dev`.
            server:
              dataDir: .stepwell/data
            functions:

            """ + functions.joined()
    }

    /// Where `sfnctl dev` serves.
    private static let url = "http://127.0.0.1:8083"

    private var readme: String {
        let steps = self.steps.filter { !$0.command.hasPrefix("cd ") }
            .map { "    \($0.command)\n" }.joined()
        return """
            # \(template.title)

            \(template.story)

            | file | what it is |
            | --- | --- |
            | `\(template.definitionPath)` | the workflow, in the Amazon States Language |
            | `functions/` | the Lambda functions that it calls |
            | `tests/` | tests of the workflow, with mocked functions and virtual time |
            | `stepwell.yaml` | the server's configuration: where its data is, its functions |
            | `input.json` | an input to try |

            \(steps)
            `sfnctl dev` serves the AWS Step Functions API and a console, deploys the workflow
            whenever its file changes, and keeps everything in `.stepwell/`. While it runs:

                sfnctl start \(template.name.rawValue) --input input.json --endpoint \(Self.url)

            """
    }
}
